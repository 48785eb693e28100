package dolmen.druid;

import java.util.Optional;

/**
 * One datasource of an expectation beside what Druid says of it: whether it is shown; the segments expected, and how many
 * of them Druid does not use any more, since newer ones overshadow them (gone) or load rules drop them (dropped), or does
 * not know for no such reason (lost);
 * how many newer ones overshadow that the dump does not have (replaced); how many it knows beyond the expected ones (newer);
 * how many no server serves (unavailable, hidden ones left out), and how many since the load rules do not keep them (left); the rows expected and found, where they are known and can
 * be compared; and whether a query answered (empty when there is no SQL or the question was not yet due).
 */
public record DatasourceMatch(
        boolean shown,
        long expected,
        long gone,
        long dropped,
        long lost,
        long replaced,
        long newer,
        long unavailable,
        long left,
        Optional<Long> rowsExpected,
        Optional<Long> rows,
        Optional<Boolean> queried) {
    /** True when nothing is missing. */
    public boolean holds(boolean newerAllowed) {
        return (shown || expected == gone + dropped)
                && lost == 0
                && unavailable == 0
                && (newerAllowed || newer == 0)
                && rowsHold()
                && queried.orElse(true);
    }

    /** True when the rows agree or cannot be compared; newer segments may bring more, or replace rows, and rules drop some. */
    public boolean rowsHold() {
        if (rows.isEmpty() || rowsExpected.isEmpty() || replaced > 0 || dropped > 0 || left > 0) {
            return true;
        }
        return newer == 0 ? rows.get().equals(rowsExpected.get()) : rows.get() >= rowsExpected.get();
    }

    /** The expected segments that Druid knows. */
    public long known() {
        return expected - gone - dropped - lost;
    }
}
