package dolmen.druid;

import dolmen.model.Counted;
import dolmen.model.DruidState;
import dolmen.model.StepFailure.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What queries count after a restore, beside what they counted when the backup was made. */
public final class CountedRows {
    private static final int NAMED = 10;

    private final RowCounts counts;

    public CountedRows(RowCounts counts) {
        this.counts = counts;
    }

    /**
     * Counts, and gives lines for the report.
     *
     * @throws Failed when another number of rows is counted in the intervals of the backup's count, and that was good
     */
    public List<String> check(Expectation expectation) {
        SortedMap<String, Counted> before =
                expectation.then().map(DruidState::counted).orElseGet(TreeMap::new);
        SortedMap<String, Counted> now = counts.within(expectation, before);
        List<String> lost = new ArrayList<>();
        now.forEach((name, counted) -> {
            Counted then = before.get(name);
            if (then != null
                    && then.isGood()
                    && counted.intervals().equals(then.intervals())
                    && !counted.rows().equals(then.rows())) {
                lost.add(name + ": queries count " + counted.rows().orElseThrow() + " rows, at the time of the backup "
                        + then.rows().orElseThrow());
            }
        });
        if (!lost.isEmpty()) {
            throw new Failed(
                    "queried data differ: " + String.join("; ", lost),
                    "Look at the historical's log for segments that it could not read, and verify the backup.");
        }
        List<String> lines = new ArrayList<>(lines(now));
        differences(now).forEach(difference -> lines.add("warning: " + difference));
        return lines;
    }

    /** What was counted and what was not asked, for a report. */
    public static List<String> lines(SortedMap<String, Counted> counted) {
        List<String> lines = new ArrayList<>();
        long datasources =
                counted.values().stream().filter(one -> one.rows().isPresent()).count();
        long rows = counted.values().stream()
                .mapToLong(one -> one.rows().orElse(0L))
                .sum();
        lines.add("counted by queries: " + rows + " rows in " + datasources + " of " + counted.size() + " datasources");
        counted.forEach((name, one) -> {
            if (!one.notAsked().isEmpty()) {
                lines.add("not counted of " + name + ": " + String.join(", ", one.notAsked()));
            }
        });
        int more = lines.size() - NAMED - 1;
        if (more > 0) {
            lines.subList(NAMED + 1, lines.size()).clear();
            lines.add("not counted: parts of " + more + " more datasources");
        }
        return lines;
    }

    /** A line for each datasource of which queries count another number of rows than its segments have. */
    static List<String> differences(SortedMap<String, Counted> counted) {
        List<String> lines = new ArrayList<>();
        counted.forEach((name, one) -> {
            if (one.differs()) {
                lines.add(name + ": queries count " + one.rows().orElseThrow() + " rows where its segments have "
                        + one.segmentRows().orElseThrow());
            }
        });
        return lines;
    }
}
