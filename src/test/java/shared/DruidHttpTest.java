package shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.druid.Answer;
import dolmen.druid.Availability;
import dolmen.druid.Certificates;
import dolmen.druid.DruidApi;
import dolmen.druid.DruidCall;
import dolmen.druid.Expectation;
import dolmen.druid.FakeDruid;
import dolmen.druid.ShownSegment;
import dolmen.druid.Stacks;
import dolmen.model.StepFailure;
import dolmen.model.UnusedSegments;
import dolmen.settings.DruidSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DruidHttpTest {
    private static final Answer REFUSAL = Answer.of(401, "application/json", "{\"error\":\"Unauthorized request\"}");
    private static final String SEGMENTS =
            "/druid/coordinator/v1/metadata/segments?includeOvershadowedStatus&datasources=wiki";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<FakeDruid> servers = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        camel.stop();
        servers.forEach(FakeDruid::close);
    }

    private FakeDruid router() {
        return kept(FakeDruid.router());
    }

    private FakeDruid kept(FakeDruid druid) {
        servers.add(druid);
        return druid;
    }

    private DruidApi api(DruidSettings settings) throws Exception {
        camel.addRoutes(new DruidHttp(settings));
        camel.start();
        DruidCall call = DruidGateway.over(camel.createProducerTemplate());
        return new DruidApi(call, settings);
    }

    private static DruidSettings with(URI url, Optional<Path> authority, Duration callLimit, Duration verifyLimit) {
        return new DruidSettings(url, Optional.empty(), Optional.empty(), authority, callLimit, verifyLimit);
    }

    private static DruidSettings secure(URI url, Optional<Path> authority) {
        return with(url, authority, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void a_whole_stack_is_verified_through_the_route() throws Exception {
        DruidApi api = api(Stacks.settings(router().url()));
        Expectation expectation = new Expectation(Stacks.dump(), Optional.empty(), false);
        assertThat(new Availability(api, UnusedSegments.UNKNOWN, Duration.ofMinutes(1))
                        .look(expectation)
                        .served())
                .isTrue();
    }

    @Test
    void addresses_and_queries_arrive_as_they_were_asked() throws Exception {
        FakeDruid druid = router();
        DruidApi api = api(Stacks.settings(druid.url()));
        String odd = "/druid/coordinator/v1/datasources/a%20b%25%C3%BC/segments";
        druid.answers(odd, Answer.json("[]"));
        api.unavailable("wiki");
        api.servedSegments("a b%ü", id -> {});
        assertThat(druid.requests())
                .contains(
                        "GET /druid/coordinator/v1/datasources/wiki/loadstatus?forceMetadataRefresh=false&simple"
                                + "&interval=1000-01-01%2F3000-01-01",
                        "GET " + odd);
    }

    @Test
    void an_address_below_a_path_keeps_the_path() throws Exception {
        FakeDruid druid = kept(FakeDruid.silent());
        druid.answers("/druid-router/status", Answer.recorded("status.json"));
        DruidApi api = api(Stacks.settings(URI.create(druid.url() + "/druid-router/")));
        assertThat(api.status().version()).isEqualTo("25.0.0");
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
    void nothing_is_tried_twice_below_the_routes_that_decide_about_it() throws Exception {
        FakeDruid druid = router().answers("/status", Answer.html(503, "<html>down</html>"));
        DruidApi api = api(Stacks.settings(druid.url()));
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("503");
        assertThat(druid.requests()).hasSize(1);
    }

    @Test
    void a_list_of_segments_larger_than_the_memory_streams() throws Exception {
        String segment = "{\"overshadowed\":false,\"dataSource\":\"wiki\",\"interval\":\"a/b\",\"size\":1,"
                + "\"dimensions\":\"" + "page,country,".repeat(5000) + "\",\"identifier\":\"wiki_1\"}";
        int many = 10_000;
        FakeDruid druid = router();
        druid.answers(SEGMENTS, Answer.json("[" + segment).followedBy("," + segment, many, "]"));
        long[] count = new long[1];
        api(Stacks.settings(druid.url())).usedSegments("wiki", shown -> count[0]++);
        assertThat(count[0]).isEqualTo(many + 1L);
    }

    @Test
    void a_server_that_hangs_ends_in_bounded_time() throws Exception {
        FakeDruid druid = router();
        druid.answers("/status", Answer.recorded("status.json").after(Duration.ofMinutes(2)));
        DruidApi api = api(with(druid.url(), Optional.empty(), Duration.ofMillis(400), Duration.ofSeconds(1)));
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    void an_answer_that_comes_drop_by_drop_ends_in_bounded_time() throws Exception {
        FakeDruid druid = router();
        druid.answers(SEGMENTS, Answer.recorded("segments-wiki.json").dripping(Duration.ofMillis(50)));
        DruidApi api = api(with(druid.url(), Optional.empty(), Duration.ofMillis(500), Duration.ofSeconds(1)));
        long start = System.nanoTime();
        assertThatThrownBy(() -> api.usedSegments("wiki", segment -> {}))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("did not answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_stack_that_is_down_may_come_back() throws Exception {
        FakeDruid druid = router();
        druid.close();
        DruidApi api = api(Stacks.settings(druid.url()));
        assertThatThrownBy(api::status)
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("takes no connections");
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
