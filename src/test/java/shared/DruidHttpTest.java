package shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.druid.Answer;
import dolmen.druid.Availability;
import dolmen.druid.DruidApi;
import dolmen.druid.Expectation;
import dolmen.druid.FakeDruid;
import dolmen.druid.Stacks;
import dolmen.model.StepFailure;
import dolmen.model.UnusedSegments;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DruidHttpTest extends AskedDruid {
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
}
