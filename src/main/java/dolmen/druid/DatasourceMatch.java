package dolmen.druid;

import java.util.Optional;

/**
 * One datasource of an expectation beside what Druid says of it: whether it is shown; the segments expected, how many
 * of them Druid does not know (absent) and how many of these may be gone; how many it knows beyond them (newer); how
 * many no server serves (unavailable, hidden ones left out); the rows expected and found, where they are known; and
 * whether a query answered (empty when there is no SQL or the question was not yet due).
 */
public record DatasourceMatch(
        boolean shown,
        long expected,
        long absent,
        long mayBeGone,
        long newer,
        long unavailable,
        Optional<Long> rowsExpected,
        Optional<Long> rows,
        Optional<Boolean> queried) {
    /** True when nothing is missing. */
    public boolean holds(boolean newerAllowed) {
        return shown
                && absent <= mayBeGone
                && unavailable == 0
                && (newerAllowed || newer == 0)
                && rowsHold()
                && queried.orElse(true);
    }

    /** True when the rows agree or cannot be compared; newer segments may bring more. */
    public boolean rowsHold() {
        if (rows.isEmpty() || rowsExpected.isEmpty()) {
            return true;
        }
        return newer == 0 ? rows.get().equals(rowsExpected.get()) : rows.get() >= rowsExpected.get();
    }

    /** The expected segments that Druid knows. */
    public long known() {
        return expected - absent;
    }
}
