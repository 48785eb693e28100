package shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.druid.Answer;
import dolmen.druid.Certificates;
import dolmen.druid.DruidApi;
import dolmen.druid.FakeDruid;
import dolmen.druid.ShownSegment;
import dolmen.druid.Stacks;
import dolmen.model.StepFailure;
import dolmen.settings.DruidSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials and certificates on the way to Druid. */
class DruidCredentialsTest extends AskedDruid {
    private static final Answer REFUSAL = Answer.of(401, "application/json", "{\"error\":\"Unauthorized request\"}");

    @TempDir
    private Path folder;

    private static DruidSettings secure(URI url, Optional<Path> authority) {
        return with(url, authority, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    @Tag("SE-02")
    void credentials_go_out_with_the_first_request_and_stand_in_no_address() throws Exception {
        FakeDruid druid = router().knowsOnly("admin", "s3cret", REFUSAL);
        DruidApi api = api(Stacks.settings(druid.url(), "admin", "s3cret"));

        assertThat(api.datasources()).contains("wiki");
        assertThat(druid.requests()).hasSize(1);
        assertThat(camel.getEndpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.getEndpointUri())
                        .doesNotContain("s3cret")
                        .doesNotContain("admin"));
    }

    @Test
    @Tag("SE-02")
    void a_wrong_password_is_not_authorised_and_not_shown() throws Exception {
        FakeDruid druid = router().knowsOnly("admin", "s3cret", REFUSAL);
        DruidApi api = api(Stacks.settings(druid.url(), "admin", "wr0ng"));
        assertThatThrownBy(api::datasources)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("user 'admin'")
                .hasMessageNotContaining("wr0ng");
        assertThat(druid.requests()).hasSize(1);
    }

    @Test
    @Tag("VF-03")
    void a_redirection_to_the_leader_carries_the_credentials() throws Exception {
        FakeDruid leader = router().knowsOnly("admin", "s3cret", REFUSAL);
        FakeDruid follower = kept(FakeDruid.silent()).knowsOnly("admin", "s3cret", REFUSAL);
        follower.answers(SEGMENTS, Answer.redirect(leader.url() + SEGMENTS));
        List<ShownSegment> segments = new ArrayList<>();
        api(Stacks.settings(follower.url(), "admin", "s3cret")).usedSegments("wiki", segments::add);
        assertThat(segments).hasSize(4);
    }

    @Test
    @Tag("VF-03")
    void a_redirection_to_an_unknown_host_gets_no_request() throws Exception {
        FakeDruid foreign = router();
        FakeDruid follower = kept(FakeDruid.silent());
        String target = "http://localhost:" + foreign.url().getPort();
        follower.answers(SEGMENTS, Answer.redirect(target + SEGMENTS));
        DruidApi api = api(Stacks.settings(follower.url(), "admin", "s3cret"));
        assertThatThrownBy(() -> api.usedSegments("wiki", segment -> {})).hasMessageContaining(target.substring(7));
        assertThat(foreign.requests()).isEmpty();
    }

    @Test
    @Tag("VF-04")
    void a_private_certificate_without_its_authority_is_not_trusted() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        FakeDruid druid = kept(FakeDruid.secure(certificates.server()));
        DruidApi api = api(secure(druid.url(), Optional.empty()));
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("is not trusted")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains("dolmen.druid.ca-file");
        assertThat(druid.requests()).isEmpty();
    }

    @Test
    @Tag("VF-04")
    void a_private_certificate_with_its_authority_is_trusted() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        FakeDruid druid = kept(FakeDruid.secure(certificates.server()));
        assertThat(api(secure(druid.url(), Optional.of(certificates.pem())))
                        .status()
                        .version())
                .isEqualTo("25.0.0");
    }

    @Test
    @Tag("VF-04")
    void a_certificate_for_another_host_name_is_not_trusted_though_its_authority_is() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "dns:elsewhere.example");
        FakeDruid druid = kept(FakeDruid.secure(certificates.server()));
        DruidApi api = api(secure(druid.url(), Optional.of(certificates.pem())));
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("another host name");
        assertThat(druid.requests()).isEmpty();
    }

    @Test
    void an_authority_of_somebody_else_is_not_enough() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        Path elsewhere = Files.createDirectory(folder.resolve("other"));
        Path foreign = Certificates.selfSigned(elsewhere, "ip:127.0.0.1").pem();
        FakeDruid druid = kept(FakeDruid.secure(certificates.server()));
        DruidApi api = api(secure(druid.url(), Optional.of(foreign)));
        assertThatThrownBy(api::status).isInstanceOf(StepFailure.Failed.class).hasMessageContaining("not trusted");
    }
}
