package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.SegmentEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restored segments that Druid does not show: missing ones, and those that were marked as unused after the start. */
@Tag("T52")
class MarkedUnusedTest {
    private static final String DAY = "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z";

    private final AwaitedStack stack = new AwaitedStack();
    private final List<SegmentEntry> entries = Stacks.entries();

    @AfterEach
    void close() {
        stack.close();
    }

    private Verification verify() {
        return stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), true));
    }

    private void rules(String datasource, String type) {
        stack.druid.answers(
                FakeDruid.COORDINATOR + "/rules",
                Answer.json("{\"" + datasource + "\":[{\"type\":\"" + type + "\",\"interval\":\"2020/2025\"}],"
                        + "\"_default\":[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":2}}]}"));
    }

    @Test
    void T52_what_the_load_rules_dropped_is_named_and_nothing_fails() {
        entries.add(Stacks.entry("wiki_dropped", "wiki", DAY));
        stack.unused.add("wiki_dropped");
        rules("wiki", "dropByInterval");
        Verification verification = verify();

        assertThat(verification.served()).as("%s", verification.findings()).isTrue();
        assertThat(verification.warnings())
                .contains(
                        "wiki: the load rules drop 1 of the backup's 5 segments, which were restored and which druid has"
                                + " marked as unused since; rows were not compared");
    }

    @Test
    void T52_what_a_rule_would_drop_but_has_no_row_is_missing() {
        entries.add(Stacks.entry("wiki_dropped", "wiki", DAY));
        rules("wiki", "dropByInterval");

        assertThat(verify().has(Problem.METADATA_NOT_RESTORED)).isTrue();
    }

    @Test
    void T52_a_datasource_that_the_load_rules_dropped_whole_is_named_and_nothing_fails() {
        entries.stream()
                .map(SegmentEntry::id)
                .filter(id -> id.startsWith("wiki"))
                .forEach(stack.unused::add);
        stack.druid.answers(FakeDruid.LOAD, Answer.json("{\"clicks\":100.0,\"sensor_metrics\":60.0}"));
        stack.druid.answers(
                FakeDruid.COORDINATOR + "/metadata/datasources", Answer.json("[\"clicks\",\"sensor_metrics\"]"));
        stack.druid.segments("wiki", Answer.json("[]"));
        stack.druid.sql(
                "SUM(num_rows)",
                Answer.json("[{\"datasource\":\"sensor_metrics\",\"segments\":6,\"unavailable\":0,\"num_rows\":288},"
                        + "{\"datasource\":\"clicks\",\"segments\":12,\"unavailable\":0,\"num_rows\":288}]"));
        rules("wiki", "dropForever");
        Verification verification = verify();

        assertThat(verification.served()).as("%s", verification.findings()).isTrue();
        assertThat(verification.warnings())
                .anyMatch(warning -> warning.startsWith("wiki: the load rules drop 4 of the backup's 4 segments"));
    }

    @Test
    void T52_segments_that_no_rule_dropped_are_named_as_marked_by_somebody() {
        entries.add(Stacks.entry("wiki_marked", "wiki", DAY));
        stack.unused.add("wiki_marked");
        Verification verification = verify();

        assertThat(verification.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.MARKED_UNUSED);
            assertThat(finding.items()).containsExactly("wiki_marked");
        });
    }

    @Test
    void T52_segments_without_a_row_are_missing_beside_those_that_were_marked() {
        entries.add(Stacks.entry("wiki_marked", "wiki", DAY));
        entries.add(Stacks.entry("wiki_missing", "wiki", DAY));
        stack.unused.add("wiki_marked");
        Verification verification = verify();

        assertThat(verification.findings())
                .extracting(ServingProblem::problem)
                .containsExactly(Problem.METADATA_NOT_RESTORED, Problem.MARKED_UNUSED);
        assertThat(verification.findings().get(0).items()).containsExactly("wiki_missing");
    }

    @Test
    void T52_segments_that_a_compaction_since_the_restore_replaced_are_named_and_nothing_fails() {
        String compacted = entries.stream()
                .map(SegmentEntry::id)
                .filter(id -> id.startsWith("wiki_2024-03-01"))
                .findFirst()
                .orElseThrow();
        entries.removeIf(entry -> entry.id().equals(compacted));
        entries.add(Stacks.old("wiki_old"));
        assertThat(verify().has(Problem.METADATA_NOT_RESTORED))
                .as("newer ones alone are also what Druid shows before a restore")
                .isTrue();

        stack.unused.add("wiki_old");
        Verification verification = verify();
        assertThat(verification.served()).as("%s", verification.findings()).isTrue();
        assertThat(verification.warnings())
                .anyMatch(
                        warning -> warning.startsWith("wiki: druid has marked 1 of the backup's 4 segments as unused"))
                .anyMatch(
                        warning -> warning.startsWith("wiki: segments that are newer than the backup replace 1 of it"));
    }

    @Test
    void T52_each_datasource_has_its_own_segments_named() {
        entries.add(Stacks.entry("wiki_marked", "wiki", DAY));
        entries.add(Stacks.entry("clicks_marked", "clicks", DAY));
        stack.unused.add("wiki_marked");
        stack.unused.add("clicks_marked");

        assertThat(verify().findings())
                .extracting(ServingProblem::items)
                .containsExactly(List.of("clicks_marked"), List.of("wiki_marked"));
    }
}
