package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DruidApiTest {

    private final FakeDruid druid = FakeDruid.router();
    private final DruidApi api = Stacks.api(druid);

    @AfterEach
    void close() {
        druid.close();
    }

    @Test
    void version_and_extensions_are_told() {
        assertThat(api.status().version()).isEqualTo("25.0.0");
        assertThat(api.status().modules()).contains("postgresql-metadata-storage", "druid-aws-common");
    }

    @Test
    void leaders_are_addresses_and_absent_ones_are_empty() {
        assertThat(api.coordinatorLeader()).contains(URI.create("http://coordinator:8081"));
        druid.answers("/druid/indexer/v1/leader", Answer.of(204, "application/json", ""));
        assertThat(api.overlordLeader()).isEmpty();
        druid.answers("/druid/indexer/v1/leader", Answer.html(503, "<html>no leader</html>"));
        assertThat(api.overlordLeader()).isEmpty();
    }

    @Test
    void a_page_in_place_of_a_leader_is_not_a_leader() {
        druid.answers(FakeDruid.COORDINATOR + "/leader", Answer.html(200, "<html>Sign in</html>"));
        assertThatThrownBy(api::coordinatorLeader)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("Sign in");
    }

    @Test
    void used_segments_are_streamed_with_their_size_and_whether_they_are_hidden() {
        druid.segments("wiki", Answer.json(Answer.text("segments-wiki.json").replaceFirst("false", "true")));
        List<ShownSegment> segments = new ArrayList<>();
        api.usedSegments("wiki", segments::add);

        assertThat(segments).hasSize(4);
        assertThat(segments.get(0).overshadowed()).isTrue();
        assertThat(segments.get(1).overshadowed()).isFalse();
        assertThat(segments.get(0).id()).startsWith("wiki_2024-03-01");
        assertThat(segments.get(0).interval()).isEqualTo("2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z");
        assertThat(segments.get(0).size()).isPositive();
    }

    @Test
    void a_list_of_segments_that_is_cut_off_is_not_a_shorter_list() {
        String whole = Answer.text("segments-wiki.json");
        druid.segments("wiki", Answer.json(whole.substring(0, whole.length() / 2)));
        assertThatThrownBy(() -> api.usedSegments("wiki", segment -> {}))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("ends early");
    }

    @Test
    void segments_without_the_hidden_flag_are_refused() {
        druid.segments("wiki", Answer.json(Answer.text("segments-wiki.json").replace("\"overshadowed\":false,", "")));
        assertThatThrownBy(() -> api.usedSegments("wiki", segment -> {}))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("overshadowed");
    }

    @Test
    void an_unknown_datasource_has_no_served_segments_and_no_count() {
        druid.served("nosuch", Answer.of(204, "application/json", ""));
        druid.unavailable("nosuch", Answer.of(204, "application/json", ""));
        List<String> ids = new ArrayList<>();
        api.servedSegments("nosuch", ids::add);
        assertThat(ids).isEmpty();
        assertThat(api.unavailable("nosuch")).isEmpty();
        druid.unavailable("nosuch", Answer.recorded("no-used-segment.txt"));
        assertThat(api.unavailable("nosuch")).isEmpty();
    }

    @Test
    void names_with_signs_are_encoded() {
        druid.unavailable("a%20b%25%C3%BC", Answer.json("{\"a b%ü\":3}"));
        assertThat(api.unavailable("a b%ü")).hasValue(3);
    }

    @Test
    void only_historicals_count_as_servers() {
        assertThat(api.historicals())
                .containsExactly(new DataServer("historical:8083", "_default_tier", 71475, 1_000_000_000));
    }

    @Test
    void rules_keep_their_order_and_tiers() {
        druid.answers(
                FakeDruid.COORDINATOR + "/rules",
                Answer.json(
                        "{\"wiki\":[{\"type\":\"loadByPeriod\",\"period\":\"P1M\",\"tieredReplicants\":{\"hot\":2}},"
                                + "{\"type\":\"dropForever\"}]}"));
        assertThat(api.rules().get("wiki"))
                .extracting(LoadRule::words)
                .containsExactly("loadByPeriod P1M", "dropForever");
        assertThat(api.rules().get("wiki").get(0).tiers()).containsEntry("hot", 2L);
    }

    @Test
    void tasks_of_all_active_states_are_told_with_their_type() {
        String tasks = "/druid/indexer/v1/tasks?state=";
        druid.answers(tasks + "running", Answer.json("[{\"id\":\"k1\",\"type\":\"kill\",\"dataSource\":\"wiki\"}]"));
        druid.answers(tasks + "pending", Answer.json("[]"));
        druid.answers(tasks + "waiting", Answer.json("[{\"id\":\"c1\",\"type\":\"compact\",\"dataSource\":\"wiki\"}]"));
        assertThat(api.activeTasks()).extracting(ActiveTask::type).containsExactly("kill", "compact");
    }

    @Test
    void supervisors_are_told_with_their_state() {
        druid.answers(
                "/druid/indexer/v1/supervisor?state=true",
                Answer.json("[{\"id\":\"clicks\",\"state\":\"UNHEALTHY_SUPERVISOR\","
                        + "\"detailedState\":\"LOST_CONTACT_WITH_STREAM\","
                        + "\"healthy\":false,\"suspended\":false}]"));
        assertThat(api.supervisors())
                .containsExactly(new SupervisorState("clicks", "LOST_CONTACT_WITH_STREAM", false, false));
    }

    @Test
    void rows_come_from_the_broker() {
        assertThat(api.sql().orElseThrow().rows()).containsEntry("wiki", new DatasourceRows(4, 0, 288, 0));
    }

    @Test
    void rows_of_some_segments_are_summed() {
        druid.sql(
                "SELECT segment_id",
                Answer.json("[{\"segment_id\":\"a\",\"num_rows\":7},{\"segment_id\":\"b\",\"num_rows\":5}]"));
        assertThat(api.sql().orElseThrow().rows("wiki", "a"::equals)).isEqualTo(7);
    }

    @Test
    void a_coordinator_has_no_sql() {
        druid.withoutSql();
        assertThat(api.sql()).isEmpty();
    }

    @Test
    void a_broker_that_does_not_know_a_datasource_yet_gives_no_answer() {
        druid.sql("FROM \\\"nosuch\\\"", Answer.of(400, "application/json", Answer.text("sql-not-found.json")));
        DruidSql sql = api.sql().orElseThrow();
        assertThat(sql.answers("wiki")).isTrue();
        assertThat(sql.answers("nosuch")).isFalse();
    }

    @Test
    void any_other_error_of_a_query_is_a_failure() {
        druid.sql("FROM \\\"bad\\\"", Answer.of(400, "application/json", "{\"errorMessage\":\"Unsupported\"}"));
        assertThatThrownBy(() -> api.sql().orElseThrow().answers("bad")).hasMessageContaining("Unsupported");
    }
}
