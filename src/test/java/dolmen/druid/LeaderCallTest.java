package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LeaderCallTest {
    private static final String NAMES = FakeDruid.COORDINATOR + "/metadata/datasources";
    private static final Answer REFUSAL = Answer.of(401, "application/json", Answer.text("unauthorised.json"));

    private final FakeDruid follower = FakeDruid.silent();
    private final FakeDruid leader = FakeDruid.router();

    @AfterEach
    void close() {
        follower.close();
        leader.close();
    }

    @Test
    @Tag("VF-03")
    void a_redirection_to_another_port_of_the_host_is_followed_with_credentials() {
        follower.knowsOnly("admin", "right", REFUSAL);
        leader.knowsOnly("admin", "right", REFUSAL);
        follower.answers(NAMES, Answer.redirect(leader.url() + NAMES));
        assertThat(Stacks.api(Stacks.settings(follower.url(), "admin", "right")).datasources())
                .containsExactlyElementsOf(FakeDruid.DATASOURCES);
    }

    @Test
    void a_redirection_to_a_host_that_the_stack_names_as_leader_is_followed() {
        String named = "http://localhost:" + leader.url().getPort();
        follower.answers(NAMES, Answer.redirect(named + NAMES));
        follower.answers(FakeDruid.COORDINATOR + "/leader", Answer.json(named));
        assertThat(Stacks.api(follower).datasources()).isNotEmpty();
    }

    @Test
    @Tag("VF-03")
    void a_redirection_to_an_unknown_host_fails_naming_it_and_sends_nothing_there() {
        String foreign = "localhost:" + leader.url().getPort();
        follower.answers(NAMES, Answer.redirect("http://" + foreign + NAMES));
        follower.answers(FakeDruid.COORDINATOR + "/leader", Answer.json("http://coordinator:8081"));
        assertThatThrownBy(() -> Stacks.api(follower).datasources())
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining(foreign);
        assertThat(leader.requests()).isEmpty();
    }

    @Test
    @Tag("VF-03")
    void a_leader_that_cannot_be_reached_is_named() {
        String gone = "http://coordinator.invalid:8081";
        follower.answers(NAMES, Answer.redirect(gone + NAMES));
        follower.answers(FakeDruid.COORDINATOR + "/leader", Answer.json(gone));
        assertThatThrownBy(() -> Stacks.api(follower).datasources())
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining(gone);
    }

    @Test
    @Tag("VF-03")
    void a_circle_of_redirections_ends() {
        follower.answers(NAMES, Answer.redirect(leader.url() + NAMES));
        leader.answers(NAMES, Answer.redirect(follower.url() + NAMES));
        assertThatThrownBy(() -> Stacks.api(follower).datasources())
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("without end");
        assertThat(follower.requests().size() + leader.requests().size()).isLessThan(10);
    }

    @Test
    void a_redirection_to_nowhere_is_a_failure() {
        follower.answers(NAMES, Answer.of(307, "", ""));
        assertThatThrownBy(() -> Stacks.api(follower).datasources()).isInstanceOf(StepFailure.Unavailable.class);
    }

    @Test
    void credentials_never_go_from_https_to_http() {
        DruidCall call = new DruidCall() {
            @Override
            public <T> T send(DruidRequest request, Reader<T> reader) {
                throw new AssertionError("nothing may be sent to " + request.uri());
            }
        };
        DruidRequest secure = DruidRequest.get(URI.create("https://druid:8281" + NAMES));
        DruidCall redirecting = new DruidCall() {
            @Override
            public <T> T send(DruidRequest request, Reader<T> reader) {
                if (!request.equals(secure)) {
                    return call.send(request, reader);
                }
                try {
                    return reader.read(new DruidReply(
                            307,
                            Optional.empty(),
                            Optional.of("http://druid:8081" + NAMES),
                            InputStream.nullInputStream()));
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            }
        };
        assertThatThrownBy(() ->
                        new LeaderCall(redirecting, URI.create("https://druid:8281")).send(secure, reply -> "read"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("not encrypted");
    }
}
