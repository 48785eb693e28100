package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.StepFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Datasources and segments of the backup that a stack does not show or does not serve. */
class MissingSegmentsTest {
    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    @Tag("VF-01")
    void an_empty_loadstatus_is_not_success() {
        druid.answers(FakeDruid.LOAD, Answer.json("{}"));
        Verification verification = stack.verify();

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
        Verification verification = stack.verify();

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
        Verification verification = stack.verify();
        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.METADATA_NOT_RESTORED)).isTrue();
    }

    @Test
    @Tag("VF-01")
    void nothing_expected_and_nothing_there_passes() {
        druid.answers(FakeDruid.LOAD, Answer.json("{}"));
        druid.answers(FakeDruid.COORDINATOR + "/metadata/datasources", Answer.json("[]"));
        druid.sql("SUM(num_rows)", Answer.json("[]"));
        assertThat(stack.verify(new Expectation(Stacks.dump(List.of()), Optional.empty(), false))
                        .served())
                .isTrue();
    }

    @Test
    @Tag("VF-08")
    void segments_that_no_server_has_are_listed_with_their_intervals() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        druid.served(
                "wiki",
                Answer.json(
                        Stacks.tree(Answer.text("served-wiki.json")).toString().replaceFirst("\"[^\"]*\",", "")));
        Verification verification = stack.verify();

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
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);
    }

    @Test
    @Tag("T15")
    void T15_what_the_backup_does_not_hold_is_expected_as_missing_and_nothing_else_is() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        String served = Stacks.tree(Answer.text("served-wiki.json")).toString();
        String first = served.replaceFirst("(?s)^[^\"]*\"([^\"]*)\".*", "$1");
        druid.served("wiki", Answer.json(served.replaceFirst("\"[^\"]*\",", "")));
        Expectation all = new Expectation(Stacks.dump(), Optional.of(Stacks.then()), true);

        assertThat(stack.verify(all.without(Set.of(first))).served()).isTrue();

        druid.served("wiki", Answer.json(served));
        assertThat(stack.verify(all.without(Set.of(first))).served()).isFalse();
        druid.unavailable("wiki", Answer.json("{\"wiki\":2}"));
        assertThat(stack.verify(all.without(Set.of(first))).served()).isFalse();
    }

    @Test
    void a_datasource_of_which_nothing_is_served_is_missing_segments_not_metadata() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":4}"));
        druid.served("wiki", Answer.of(204, "application/json", ""));
        Verification verification = stack.verify();

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
        Verification verification = stack.verify();

        assertThat(verification.findings())
                .filteredOn(finding -> finding.problem() == Problem.TOO_LITTLE_ROOM)
                .singleElement()
                .extracting(ServingProblem::message)
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
        assertThat(stack.verify().findings())
                .extracting(ServingProblem::message)
                .contains("the load rules of wiki drop segments: dropBeforeByPeriod P1M");
    }

    @Test
    @Tag("VF-08")
    void too_few_replicas_are_a_warning() {
        Verification verification = stack.verify();
        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings()).anyMatch(warning -> warning.startsWith("wiki: under-replicated"));
        assertThat(verification.warnings()).noneMatch(warning -> warning.startsWith("clicks: under-replicated"));
    }
}
