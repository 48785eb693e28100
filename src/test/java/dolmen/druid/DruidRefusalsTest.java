package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.settings.DruidSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none of Druid, or none at all. */
class DruidRefusalsTest {
    private static final String NAMES = FakeDruid.COORDINATOR + "/metadata/datasources";
    private static final String WIKI_SEGMENTS =
            FakeDruid.COORDINATOR + "/metadata/segments?includeOvershadowedStatus&datasources=wiki";

    private final FakeDruid druid = FakeDruid.router();
    private final DruidApi api = Stacks.api(druid);

    @AfterEach
    void close() {
        druid.close();
    }

    @ParameterizedTest
    @Tag("MD-19")
    @ValueSource(strings = {"unauthorised.json", "unauthorised.html"})
    void a_wrong_user_is_not_authorised_whatever_the_page_looks_like(String page) {
        druid.answers(
                NAMES, Answer.of(401, page.endsWith("html") ? "text/html" : "application/json", Answer.text(page)));
        assertNotAuthorised(api::datasources, "dolmen.druid.user");
        assertNotAuthorised(() -> api.afterRestore().datasources(), "passwords of the time of the backup");
    }

    private static void assertNotAuthorised(ThrowingCallable call, String hint) {
        assertThatThrownBy(call)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("does not authorise")
                .hasMessageContaining("401")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains(hint);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429})
    void an_error_of_the_server_may_pass(int status) {
        druid.answers(NAMES, Answer.html(status, "<html>oops</html>"), Answer.recorded("metadata-datasources.json"));
        assertThatThrownBy(api::datasources)
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining(String.valueOf(status));
        assertThat(api.datasources()).contains("wiki");
    }

    @Test
    @Tag("VF-03")
    void a_page_of_html_with_status_200_is_a_failure_that_says_what_came() {
        druid.answers(NAMES, Answer.html(200, "<html><title>Sign in</title></html>"));
        assertThatThrownBy(api::datasources)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("Sign in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "true", "", "[\"wiki\"", "plain text"})
    void what_is_not_a_list_is_not_an_empty_list(String body) {
        druid.answers(NAMES, Answer.json(body));
        assertThatThrownBy(api::datasources).isInstanceOf(StepFailure.class);
        druid.answers(WIKI_SEGMENTS, Answer.json(body));
        assertThatThrownBy(() -> api.usedSegments("wiki", segment -> {})).isInstanceOf(StepFailure.class);
    }

    @Test
    void an_address_that_is_not_druid_says_which_setting_to_change() {
        druid.answers(NAMES, Answer.html(404, "<html></html>"));
        assertThatThrownBy(api::datasources)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("404")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains("dolmen.druid.url");
    }

    @Test
    void a_stack_that_is_down_may_come_back() {
        druid.close();
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining(druid.url().toString());
    }

    @Test
    void a_server_that_hangs_ends_in_bounded_time() {
        druid.answers("/status", Answer.recorded("status.json").after(Duration.ofMinutes(1)));
        var quick = new DruidSettings(
                druid.url(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(300),
                Duration.ofSeconds(1));
        assertThatThrownBy(() -> Stacks.api(quick).status())
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    void a_slow_server_is_waited_for() {
        druid.answers("/status", Answer.recorded("status.json").after(Duration.ofMillis(300)));
        assertThat(api.status().version()).isEqualTo("25.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://druid",
                "http://my_coordinator:8081",
                "http://user:secret@druid:8888",
                "druid:8888",
                "http://d?q=1"
            })
    void an_address_that_cannot_be_druids_is_refused_without_showing_it(String url) {
        assertThatThrownBy(() -> Stacks.api(Stacks.settings(URI.create(url))))
                .isInstanceOf(StepFailure.Unusable.class)
                .hasMessageNotContaining("secret");
    }
}
