package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Counted;
import dolmen.model.DruidState;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.StepFailure.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is counted by queries, what is not asked since the answer would prove nothing, and when a restore fails by it. */
@Tag("T41")
class RowCountsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String BOTH = "2024-03-01T00:00:00Z/2024-03-03T00:00:00Z";
    private static final String SECOND = "2024-03-02T00:00:00Z/2024-03-03T00:00:00Z";

    private final FakeDruid druid = FakeDruid.router();
    private final FastPace pace = new FastPace();
    private final List<SegmentEntry> dump = new ArrayList<>();
    private final List<String> known = new ArrayList<>();

    @AfterEach
    void close() {
        druid.close();
    }

    private static String day(int day) {
        return "2024-03-0" + day + "T00:00:00.000Z/2024-03-0" + (day + 1) + "T00:00:00.000Z";
    }

    private void dumped(String id, String interval) {
        dump.add(Stacks.entry(id, "wiki", interval, "v1", Shard.counted(dump.size(), 0)));
    }

    /** What the broker knows: published, loaded by a historical, or only by a task. */
    private void known(String id, String interval, long rows, String published, String available, String realtime) {
        String[] ends = interval.split("/");
        known.add(
                "{\"segment_id\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"num_rows\":%d,\"is_published\":%s,\"is_available\":%s,\"is_realtime\":%s}"
                        .formatted(id, ends[0], ends[1], rows, published, available, realtime));
    }

    private void served(String id, int day, long rows) {
        dumped(id, day(day));
        known(id, day(day), rows, "1", "1", "0");
    }

    private void counts(long... rows) {
        Answer[] answers = new Answer[rows.length];
        for (int i = 0; i < rows.length; i++) {
            answers[i] = Answer.json("[{\"timestamp\":\"x\",\"result\":{\"n\":" + rows[i] + "}}]");
        }
        druid.answers("/druid/v2", answers);
    }

    private RowCounts rowCounts(Duration limit) {
        druid.sql("is_realtime", Answer.json("[" + String.join(",", known) + "]"));
        return new RowCounts(Stacks.api(druid), limit, pace);
    }

    private Counted count() {
        return rowCounts(LIMIT).of(expectation(Optional.empty())).get("wiki");
    }

    private Expectation expectation(Optional<DruidState> then) {
        return new Expectation(Stacks.dump(dump), then, true);
    }

    @Test
    void T41_days_that_follow_each_other_are_counted_at_once_and_agree() {
        served("a", 1, 70);
        served("b", 2, 8);
        counts(78);
        assertThat(count()).isEqualTo(new Counted(Optional.of(78L), Optional.of(78L), List.of(BOTH), List.of()));
        assertThat(count().isGood()).isTrue();
    }

    @Test
    void T41_a_count_that_differs_is_taken_again_and_stands_when_it_stays() {
        served("a", 1, 70);
        served("b", 2, 8);
        counts(8);
        assertThat(count().differs()).isTrue();
        assertThat(pace.pauses()).isEqualTo(2);
        assertThat(CountedRows.differences(new TreeMap<>(Map.of("wiki", count()))))
                .containsExactly("wiki: queries count 8 rows where its segments have 78");
        counts(8, 78);
        assertThat(count().isGood()).isTrue();
    }

    @Test
    void T41_an_interval_with_a_segment_of_a_task_or_one_that_is_dropped_is_not_asked() {
        served("a", 1, 70);
        served("b", 2, 8);
        known("task", day(1), 5, "0", "1", "1");
        counts(8);
        assertThat(count().intervals()).containsExactly(SECOND);
        assertThat(count().notAsked())
                .containsExactly("1 intervals with segments of tasks, or that are dropped just now");
        assertThat(count().isGood()).isTrue();
    }

    @Test
    void T41_an_interval_that_is_not_just_what_the_dump_has_is_not_asked() {
        served("a", 1, 70);
        served("b", 2, 8);
        dumped("dropped", day(3));
        known("later", day(1), 4, "1", "1", "0");
        known("of tomorrow", day(4), 4, "1", "1", "0");
        counts(8);
        assertThat(count().intervals()).containsExactly(SECOND);
        assertThat(count().notAsked())
                .containsExactly(
                        "1 intervals of which segments are not used any more",
                        "2 intervals with segments that the backup does not have");
    }

    @Test
    void T41_segments_that_are_not_loaded_or_whose_rows_are_not_known_are_not_asked() {
        served("b", 2, 8);
        dumped("cold", day(1));
        known("cold", day(1), 0, "1", "0", "0");
        served("fresh", 3, 0);
        counts(8);
        assertThat(count().intervals()).containsExactly(SECOND);
        assertThat(count().notAsked())
                .containsExactly(
                        "1 intervals of whose rows the broker does not know yet",
                        "1 intervals with segments that no server has loaded");
    }

    @Test
    void T41_what_newer_versions_replace_in_part_is_not_asked() {
        String days = "2024-03-01T00:00:00.000Z/2024-03-03T00:00:00.000Z";
        dumped("both", days);
        known("both", days, 70, "1", "1", "0");
        dump.add(Stacks.entry("newer", "wiki", day(1), "v2", Shard.counted(0, 0)));
        known("newer", day(1), 5, "1", "1", "0");
        assertThat(count().rows()).isEmpty();
        assertThat(count().notAsked()).containsExactly("2 intervals that newer versions replace in part");
    }

    @Test
    void T41_what_was_not_asked_says_why() {
        served("a", 1, 70);
        druid.answers("/druid/v2", Answer.of(504, "application/json", "{}"));
        assertThat(count().notAsked()).singleElement().asString().contains("504");
        assertThat(rowCounts(Duration.ZERO).of(expectation(Optional.empty())).get("wiki"))
                .isEqualTo(Counted.nothing("dolmen.backup.count-limit is 0"));
        druid.withoutSql();
        assertThat(new RowCounts(Stacks.api(druid), LIMIT, pace)
                        .of(expectation(Optional.empty()))
                        .get("wiki")
                        .notAsked())
                .singleElement()
                .asString()
                .contains("no SQL");
    }

    @Test
    void T41_a_restore_fails_only_where_a_good_count_of_the_same_intervals_differs() {
        served("a", 1, 70);
        served("b", 2, 8);
        counts(70);
        CountedRows rows = new CountedRows(rowCounts(LIMIT));

        assertThatThrownBy(() -> rows.check(expectation(then(78, 78, BOTH))))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("queried data differ: wiki: queries count 70 rows, at the time of the backup 78");
        assertThat(rows.check(expectation(then(70, 78, BOTH))))
                .contains("warning: wiki: queries count 70 rows where its segments have 78");
        assertThat(rows.check(expectation(then(8, 8, "2024-02-01T00:00:00Z/2024-03-03T00:00:00Z"))))
                .anyMatch(line -> line.startsWith("warning: wiki"));
        assertThat(rows.check(expectation(Optional.empty()))).anyMatch(line -> line.startsWith("warning: wiki"));
    }

    private static Optional<DruidState> then(long rows, long ofSegments, String interval) {
        Counted counted = new Counted(Optional.of(rows), Optional.of(ofSegments), List.of(interval), List.of());
        return Optional.of(new DruidState("25.0.0", new TreeSet<>(), new TreeMap<>())
                .withCounted(new TreeMap<>(Map.of("wiki", counted))));
    }
}
