package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.SegmentEntry;
import dolmen.model.StepFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String WIKI_NEWER =
            Answer.text("segments-wiki.json").replace("2026-11-25T02", "2027-01-01T02");

    private final FakeDruid druid = FakeDruid.router();
    private final FastPace pace = new FastPace();
    private final List<Progress> progress = new ArrayList<>();

    @AfterEach
    void close() {
        druid.close();
    }

    private Verification verify(Expectation expectation) {
        DruidApi api = Stacks.api(druid).afterRestore();
        return new Availability(api, LIMIT, pace).await(expectation, progress::add);
    }

    private Verification verify() {
        return verify(expectation());
    }

    private static Expectation expectation() {
        return new Expectation(Stacks.dump(), Optional.of(Stacks.then()), false);
    }

    @Test
    void a_stack_that_serves_everything_passes_after_two_readings() {
        Verification verification = verify();

        assertThat(verification.served()).isTrue();
        assertThat(verification.failure()).isEmpty();
        assertThat(verification.findings()).isEmpty();
        assertThat(pace.pauses()).isEqualTo(1);
        assertThat(progress).containsExactly(new Progress(3, 3, 26, 26));
        assertThat(verification.state().orElseThrow().datasources())
                .containsEntry("wiki", new DatasourceState(4, 0, 0, Optional.of(288L)));
    }

    @Test
    @Tag("VF-01")
    void an_empty_loadstatus_is_not_success() {
        druid.answers(FakeDruid.LOAD, Answer.json("{}"));
        Verification verification = verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.METADATA_NOT_RESTORED)).isTrue();
        assertThat(verification.failure().orElseThrow())
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("does not show 3 of 3 datasources: clicks, sensor_metrics, wiki");
    }

    @Test
    @Tag("VF-01")
    void a_missing_datasource_is_named() {
        druid.answers(FakeDruid.LOAD, Answer.json("{\"wiki\":100.0,\"clicks\":100.0}"));
        druid.answers(FakeDruid.COORDINATOR + "/metadata/datasources", Answer.json("[\"wiki\",\"clicks\"]"));
        Verification verification = verify();

        assertThat(verification.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.METADATA_NOT_RESTORED);
            assertThat(finding.items()).containsExactly("sensor_metrics");
        });
    }

    @Test
    @Tag("VF-01")
    void full_percentages_without_segments_are_not_success() {
        for (String datasource : FakeDruid.DATASOURCES) {
            druid.segments(datasource, Answer.json("[]"));
        }
        assertThat(verify().served()).isFalse();
    }

    @Test
    @Tag("VF-01")
    void nothing_expected_and_nothing_there_passes() {
        druid.answers(FakeDruid.LOAD, Answer.json("{}"));
        druid.answers(FakeDruid.COORDINATOR + "/metadata/datasources", Answer.json("[]"));
        druid.sql("SUM(num_rows)", Answer.json("[]"));
        assertThat(verify(new Expectation(Stacks.dump(List.of()), Optional.empty(), false))
                        .served())
                .isTrue();
    }

    @Test
    @Tag("VF-02")
    void the_old_picture_at_full_load_does_not_pass_and_the_new_one_does_when_it_is_whole() {
        Answer old = Answer.json(WIKI_NEWER.replace("2027", "2025"));
        Answer restored = Answer.recorded("segments-wiki.json");
        Answer none = Answer.recorded("unavailable-wiki.json");
        druid.segments("wiki", old, old, old, restored, restored, restored);
        druid.unavailable("wiki", none, none, none, Answer.json("{\"wiki\":3}"), none);
        Verification verification = verify();

        assertThat(verification.served()).isTrue();
        assertThat(pace.pauses()).isEqualTo(5);
        assertThat(progress).extracting(Progress::segments).containsExactly(22L, 23L, 26L);
    }

    @Test
    @Tag("VF-02")
    void the_old_picture_for_the_whole_limit_fails_naming_the_absent_segments() {
        druid.segments("wiki", Answer.json(WIKI_NEWER));
        Verification verification = verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.METADATA_NOT_RESTORED)).isTrue();
        assertThat(verification.has(Problem.NOT_OF_THE_BACKUP)).isTrue();
        assertThat(verification.findings().get(0).message()).contains("does not know 4 segments", "wiki 4");
        assertThat(verification.findings().get(0).items()).hasSize(4).allMatch(id -> id.startsWith("wiki_2024"));
        assertThat(pace.now()).isEqualTo(LIMIT);
    }

    @Test
    @Tag("VF-08")
    void segments_that_no_server_has_are_listed_with_their_intervals() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        druid.served(
                "wiki",
                Answer.json(
                        Stacks.tree(Answer.text("served-wiki.json")).toString().replaceFirst("\"[^\"]*\",", "")));
        Verification verification = verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.failure().orElseThrow())
                .isInstanceOf(StepFailure.Incomplete.class)
                .hasMessageContaining("segments missing: 1 of 26 segments are shown but not available: wiki 1");
        assertThat(verification.failure().orElseThrow().hint())
                .contains("Kafka", "wiki 2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z");
        assertThat(verification.findings().get(0).items())
                .singleElement()
                .asString()
                .startsWith("wiki_2024-03-01");
        assertThat(pace.now()).isEqualTo(LIMIT);
    }

    @Test
    void a_datasource_of_which_nothing_is_served_is_missing_segments_not_metadata() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":4}"));
        druid.served("wiki", Answer.of(204, "application/json", ""));
        Verification verification = verify();

        assertThat(verification.has(Problem.METADATA_NOT_RESTORED)).isFalse();
        assertThat(verification.findings().get(0).items()).hasSize(4);
    }

    @Test
    @Tag("VF-09")
    void too_little_room_is_told_in_numbers() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        druid.segments(
                "wiki",
                Answer.json(Answer.text("segments-wiki.json").replaceAll("\"size\":\\d+", "\"size\":12500000000")));
        druid.answers(
                FakeDruid.COORDINATOR + "/servers?simple",
                Answer.json(Answer.text("servers.json").replace(":1000000000}", ":10000000000}")));
        Verification verification = verify();

        assertThat(verification.findings())
                .filteredOn(finding -> finding.problem() == Problem.TOO_LITTLE_ROOM)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("50.0 GB", "10.0 GB");
    }

    @Test
    void rules_that_drop_are_named() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        druid.answers(
                FakeDruid.COORDINATOR + "/rules",
                Answer.json("{\"wiki\":[{\"type\":\"dropBeforeByPeriod\",\"period\":\"P1M\"}],"
                        + "\"_default\":[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":2}}]}"));
        assertThat(verify().findings())
                .extracting(Finding::message)
                .contains("the load rules of wiki drop segments: dropBeforeByPeriod P1M");
    }

    @Test
    @Tag("VF-11")
    void hidden_segments_do_not_count_as_missing_and_are_told() {
        List<SegmentEntry> entries = Stacks.entries();
        String old = "wiki_2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z_2020-01-01T00:00:00.000Z";
        entries.add(Stacks.entry(old, "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        druid.segments("wiki", Answer.json(withHidden(old)));
        Verification verification = verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));

        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings()).anyMatch(warning -> warning.startsWith("wiki: 1 overshadowed"));
    }

    @Test
    @Tag("VF-11")
    void a_hidden_segment_does_not_excuse_the_newer_one_that_is_not_served() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.add(Stacks.entry("wiki_old", "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        druid.segments("wiki", Answer.json(withHidden("wiki_old")));
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        assertThat(verify(new Expectation(Stacks.dump(entries), Optional.empty(), false))
                        .served())
                .isFalse();
    }

    @Test
    void a_segment_that_was_hidden_at_the_time_of_the_backup_may_be_gone_but_no_other() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.add(Stacks.entry("wiki_old", "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        DruidState then = withWiki(new DatasourceState(5, 1, 0, Optional.of(288L)));

        assertThat(verify(new Expectation(Stacks.dump(entries), Optional.of(then), false))
                        .served())
                .isTrue();
        entries.add(Stacks.entry("wiki_older", "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        assertThat(verify(new Expectation(Stacks.dump(entries), Optional.of(then), false))
                        .served())
                .isFalse();
    }

    private static String withHidden(String id) {
        return Answer.text("segments-wiki.json")
                .replaceFirst(
                        "\\[",
                        "[{\"overshadowed\":true,\"dataSource\":\"wiki\",\"interval\":\"a/b\",\"size\":1,"
                                + "\"identifier\":\""
                                + id + "\"},");
    }

    private static DruidState withWiki(DatasourceState wiki) {
        TreeMap<String, DatasourceState> states = new TreeMap<>(Stacks.then().datasources());
        states.put("wiki", wiki);
        return new DruidState("25.0.0", new TreeSet<>(), states);
    }

    @Test
    @Tag("VF-08")
    void too_few_replicas_are_a_warning() {
        Verification verification = verify();
        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings()).anyMatch(warning -> warning.startsWith("wiki: under-replicated"));
        assertThat(verification.warnings()).noneMatch(warning -> warning.startsWith("clicks: under-replicated"));
    }

    @Test
    void other_rows_than_at_the_time_of_the_backup_fail_with_both_numbers() {
        druid.sql(
                "SUM(num_rows)",
                Answer.json(Answer.text("sql-rows.json")
                        .replace(
                                "\"datasource\":\"wiki\",\"segments\":4,\"unavailable\":0,\"num_rows\":288",
                                "\"datasource\":\"wiki\",\"segments\":4,\"unavailable\":0,\"num_rows\":216")));
        Verification verification = verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ROWS_DIFFER);
            assertThat(finding.message()).isEqualTo("wiki has 216 rows, the backup had 288");
        });
    }

    @Test
    void a_broker_that_lags_is_waited_for() {
        Answer notYet = Answer.of(400, "application/json", Answer.text("sql-not-found.json"));
        druid.sql("SUM(num_rows)", Answer.json("[]"), Answer.recorded("sql-rows.json"));
        druid.sql("FROM \\\"wiki\\\"", notYet, notYet, Answer.recorded("sql-one.json"));
        assertThat(verify().served()).isTrue();
        assertThat(pace.pauses()).isEqualTo(4);
    }

    @Test
    void a_broker_that_never_answers_in_full_fails() {
        druid.sql("FROM \\\"wiki\\\"", Answer.of(400, "application/json", Answer.text("sql-not-found.json")));
        assertThat(verify().findings())
                .singleElement()
                .extracting(Finding::problem)
                .isEqualTo(Problem.QUERIES_FAIL);
    }

    @Test
    void at_a_coordinator_its_own_view_decides_and_a_warning_says_so() {
        druid.withoutSql();
        Verification verification = verify();
        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings()).anyMatch(warning -> warning.startsWith("rows were not compared"));
    }

    @Test
    @Tag("VF-05")
    void no_coordinator_leader_is_no_success_though_all_else_is_well() {
        druid.answers(FakeDruid.COORDINATOR + "/leader", Answer.html(404, "<html></html>"));
        assertThat(verify().findings())
                .singleElement()
                .extracting(Finding::problem)
                .isEqualTo(Problem.NO_COORDINATOR_LEADER);
    }

    @Test
    @Tag("MD-16")
    void no_overlord_leader_is_no_success_and_names_the_lost_extension() {
        druid.answers("/druid/indexer/v1/leader", Answer.html(503, "<html></html>"));
        DruidState then = new DruidState(
                "25.0.0",
                new TreeSet<>(List.of("postgresql-metadata-storage", "druid-kafka-indexing-service")),
                Stacks.then().datasources());
        Verification verification = verify(new Expectation(Stacks.dump(), Optional.of(then), false));

        assertThat(verification.failure().orElseThrow())
                .hasMessageContaining("no overlord leader")
                .hasMessageContaining("druid-kafka-indexing-service");
    }

    @Test
    void a_datasource_that_the_backup_does_not_have_fails_unless_newer_ones_are_allowed() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.removeIf(entry -> entry.datasource().equals("clicks"));

        Verification strict = verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));
        assertThat(strict.has(Problem.NOT_OF_THE_BACKUP)).isTrue();
        Verification lax = verify(new Expectation(Stacks.dump(entries), Optional.empty(), true));
        assertThat(lax.served()).isTrue();
        assertThat(lax.warnings()).contains("druid also shows clicks, which the backup does not have");
    }

    @Test
    void newer_segments_are_no_failure_where_they_are_allowed() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.remove(0);
        assertThat(verify(new Expectation(Stacks.dump(entries), Optional.empty(), true))
                        .served())
                .isTrue();
        assertThat(verify(new Expectation(Stacks.dump(entries), Optional.empty(), false))
                        .served())
                .isFalse();
    }

    @Test
    void errors_while_the_services_start_are_waited_out() {
        druid.answers(FakeDruid.LOAD, Answer.html(503, "<html></html>"), Answer.recorded("loadstatus.json"));
        assertThat(verify().served()).isTrue();
        assertThat(pace.pauses()).isEqualTo(2);
    }

    @Test
    void a_stack_that_never_answers_is_told_apart_from_missing_data() {
        druid.close();
        Verification verification = verify();
        assertThat(verification.findings())
                .singleElement()
                .extracting(Finding::problem)
                .isEqualTo(Problem.NOT_ANSWERING);
        assertThat(verification.state()).isEmpty();
    }

    @Test
    @Tag("VF-02")
    void one_reading_that_holds_between_others_does_not_pass() {
        druid.segments("wiki", alternating());
        assertThat(verify().served()).isFalse();
    }

    private static Answer[] alternating() {
        Answer[] answers = new Answer[400];
        for (int reading = 0; reading < answers.length; reading++) {
            answers[reading] = reading % 2 == 0 ? Answer.json("[]") : Answer.recorded("segments-wiki.json");
        }
        return answers;
    }

    @Test
    @Tag("MD-19")
    void a_user_that_is_not_known_at_first_is_waited_for_a_while() {
        Answer stranger = Answer.of(401, "text/html", Answer.text("unauthorised.html"));
        druid.answers("/status", stranger, stranger, Answer.recorded("status.json"));
        assertThat(verify().served()).isTrue();
    }

    @Test
    @Tag("MD-19")
    void a_user_that_stays_unknown_fails_before_the_limit_and_says_which_passwords_are_valid_now() {
        druid.answers("/status", Answer.of(401, "text/html", Answer.text("unauthorised.html")));
        DruidApi api = Stacks.api(druid).afterRestore();
        assertThatThrownBy(
                        () -> new Availability(api, Duration.ofMinutes(10), pace).await(expectation(), progress::add))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("does not authorise")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains("restore again");
        assertThat(pace.now()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(92));
    }

    @Test
    void a_look_takes_two_readings_and_waits_for_nothing() {
        Availability availability = new Availability(Stacks.api(druid), LIMIT, pace);
        assertThat(availability.look(expectation()).served()).isTrue();
        druid.unavailable("wiki", Answer.recorded("unavailable-wiki.json"), Answer.json("{\"wiki\":1}"));
        assertThat(availability.look(expectation()).served()).isFalse();
        assertThat(pace.pauses()).isZero();
    }

    @Test
    void a_router_that_knows_no_leader_yet_answers_400_and_is_waited_for() {
        Answer noLeader = Answer.html(400, "<html>Bad Request</html>");
        druid.answers("/druid/coordinator/v1/leader", noLeader, Answer.recorded("coordinator-leader.txt"));
        druid.answers("/druid/indexer/v1/leader", noLeader, noLeader, Answer.recorded("overlord-leader.txt"));
        druid.answers(FakeDruid.LOAD, noLeader, Answer.recorded("loadstatus.json"));

        assertThat(verify().served()).isTrue();
    }
}
