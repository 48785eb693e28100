package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.SegmentEntry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Segments that newer ones hide. */
class HiddenSegmentsTest {
    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    @Tag("VF-11")
    void hidden_segments_do_not_count_as_missing_and_are_told() {
        List<SegmentEntry> entries = Stacks.entries();
        String old = "wiki_2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z_2020-01-01T00:00:00.000Z";
        entries.add(Stacks.entry(old, "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        druid.segments("wiki", Answer.json(withHidden(old)));
        Verification verification = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));

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
        Verification verification = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));
        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.SEGMENTS_MISSING)).isTrue();
    }

    @Test
    @Tag("T52")
    @Tag("VF-11")
    void T52_a_segment_that_newer_ones_of_the_dump_overshadow_may_be_gone_and_is_named() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.add(Stacks.old("wiki_old"));
        Verification verification = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), true));

        assertThat(verification.served()).as("%s", verification.findings()).isTrue();
        assertThat(verification.warnings())
                .anyMatch(warning -> warning.startsWith(
                        "wiki: druid has marked 1 of the backup's 5 segments as unused, since newer"));
        assertThat(stack.progress).last().isEqualTo(new Progress(3, 3, 26, 26));
    }

    @Test
    @Tag("T52")
    @Tag("VF-11")
    void T52_what_the_api_said_at_the_time_of_the_backup_does_not_matter() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.add(Stacks.old("wiki_old"));
        DruidState then = withWiki(new DatasourceState(9, 0, 0, Optional.of(288L)));
        assertThat(stack.verify(new Expectation(Stacks.dump(entries), Optional.of(then), true))
                        .served())
                .isTrue();

        entries.add(Stacks.entry("wiki_other", "wiki", "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z"));
        DruidState hidden = withWiki(new DatasourceState(6, 2, 0, Optional.of(288L)));
        Verification verification = stack.verify(new Expectation(Stacks.dump(entries), Optional.of(hidden), true));
        assertThat(verification.served()).isFalse();
        assertThat(verification.failure().orElseThrow())
                .hasMessageStartingWith("metadata not restored: druid does not know 1 segments of the backup: wiki 1");
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
}
