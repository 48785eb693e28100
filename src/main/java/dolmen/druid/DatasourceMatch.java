package dolmen.druid;

import java.util.Optional;

/**
 * One datasource of an expectation beside what Druid says of it.
 *
 * @param shown whether the coordinator shows it
 * @param expected its segments in the dump
 * @param gone those of them that Druid does not use any more, since newer ones overshadow them
 * @param dropped those of them that Druid does not use any more, since load rules drop them
 * @param lost those of them that Druid does not know, for neither of these reasons
 * @param replaced those of them that segments overshadow which the dump does not have
 * @param newer the segments that Druid knows beyond the expected ones
 * @param unavailable the shown segments that no server serves though it should; overshadowed ones are not counted
 * @param left the shown segments that no server serves, since the load rules do not keep them
 * @param rowsExpected the rows at the time of the backup, where they are known and can be compared
 * @param rows the rows that the broker knows now
 * @param queried whether a query answered; empty when there is no SQL or it was not asked yet
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
    boolean rowsHold() {
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
