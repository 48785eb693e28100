package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.UnusedSegments;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The used segments that the coordinator shows of one datasource, held against the expected ones. Of the expected ones
 * that it does not show, some are gone by Druid's own rule: newer ones of the same dump overshadow them, or newer ones that
 * came since do and the metadata store has them as unused. That alone would not do: before a restore, too, Druid may show
 * newer ones. Others the load rules drop, and the metadata store has them as unused (dropped). The rest is lost. Of the
 * shown ones that no server serves, the load rules leave some out (left).
 */
final class ShownDatasource {
    private final ExpectedDatasource expected;
    private final BitSet seen;
    private final Timeline newerOnes = new Timeline();
    private final Fingerprints unused = new Fingerprints();
    private final Predicate<String> missing;
    private final Set<String> absent = new HashSet<>();
    private long total;
    private long overshadowed;
    private long newer;
    private long visible;
    private long bytes;
    private OptionalLong unavailable = OptionalLong.empty();
    private long left;
    private BitSet gone;
    private BitSet dropped = new BitSet();

    private ShownDatasource(ExpectedDatasource expected, Predicate<String> missing) {
        this.expected = expected;
        this.missing = missing;
        this.seen = new BitSet(expected.size());
    }

    /** Nothing is shown of it. */
    static ShownDatasource none(
            UnusedSegments store, Supplier<RuleForecast> rules, String name, ExpectedDatasource expected) {
        ShownDatasource none = new ShownDatasource(expected, id -> false);
        none.findMarkedUnused(store, rules, name);
        return none;
    }

    /** Asks for all of them. */
    static ShownDatasource of(
            DruidApi api, UnusedSegments store, Supplier<RuleForecast> rules, String name, Expectation expectation) {
        ShownDatasource shown = new ShownDatasource(expectation.datasource(name), expectation::isMissing);
        api.usedSegments(name, shown::add);
        shown.unavailable = api.unavailable(name);
        if (!shown.absent.isEmpty()) {
            api.servedSegments(name, shown.absent::remove);
        }
        if (shown.unavailable.orElse(0) > 0 && rules.get().mayLeave(name)) {
            shown.left = left(api, rules.get(), name, expectation::isMissing);
        }
        shown.findMarkedUnused(store, rules, name);
        return shown;
    }

    /** How many of those that should be loaded no server serves, since the load rules do not keep them. */
    private static long left(DruidApi api, RuleForecast rules, String name, Predicate<String> missing) {
        Fingerprints left = new Fingerprints();
        api.usedSegments(name, segment -> {
            if (!segment.overshadowed()
                    && !missing.test(segment.id())
                    && Span.read(segment.interval())
                            .filter(span -> rules.leaves(name, span))
                            .isPresent()) {
                left.add(segment.id());
            }
        });
        BitSet served = new BitSet(left.size());
        if (left.size() > 0) {
            api.servedSegments(name, id -> {
                int position = left.position(id);
                if (position >= 0) {
                    served.set(position);
                }
            });
        }
        return left.size() - served.cardinality();
    }

    /** Finds, among those that seem lost so far, the ones that Druid itself has marked as unused. */
    private void findMarkedUnused(UnusedSegments store, Supplier<RuleForecast> rules, String name) {
        boolean mayBeDropped = lost() > 0 && rules.get().mayDrop(name);
        if (lost() == 0 || newer == 0 && !mayBeDropped) {
            return;
        }
        store.forEach(List.of(name), unused::add);
        gone = null;
        if (mayBeDropped && unused.size() > 0) {
            BitSet ruledOut = unseen(expected.where(interval -> rules.get().drops(name, interval)));
            ruledOut.and(expected.positions(unused));
            ruledOut.andNot(goneOnes());
            dropped = ruledOut;
        }
    }

    private void add(ShownSegment segment) {
        total++;
        overshadowed += segment.overshadowed() ? 1 : 0;
        if (!segment.overshadowed() && missing.test(segment.id())) {
            absent.add(segment.id());
        }
        bytes += segment.overshadowed() ? 0 : segment.size();
        int position = expected.ids().position(segment.id());
        if (position >= 0) {
            seen.set(position);
            visible += segment.overshadowed() ? 0 : 1;
            return;
        }
        newer++;
        if (expected.size() > 0) {
            newerOnes.add(segment.interval(), segment.version(), segment.shard());
        }
    }

    /** Whether the coordinator knows used segments of it, and where they are. */
    boolean isShown() {
        return total > 0 && unavailable.isPresent();
    }

    /** The shown ones that no server serves though it should; those that have no files are not counted. */
    long unavailable() {
        return Math.max(0, unavailable.orElse(0) - left - absent());
    }

    /** The shown ones that no server serves, since the load rules do not keep them. */
    long left() {
        return left;
    }

    /** The shown ones that are known to have no files, and that no server has in its cache. */
    long absent() {
        return absent.size();
    }

    /** What is shown, in numbers. */
    DatasourceState state(Optional<Long> rows) {
        return new DatasourceState(total, overshadowed, unavailable.orElse(0), rows);
    }

    /** All that are shown. */
    long total() {
        return total;
    }

    /** How many of all that are shown no newer ones hide; none where the datasource is not shown. */
    long uncovered() {
        return isShown() ? total - overshadowed : 0;
    }

    /** How many of all that are shown newer ones hide. */
    long overshadowed() {
        return overshadowed;
    }

    /** The shown ones that are not expected. */
    long newer() {
        return newer;
    }

    /** The bytes of all that are shown and not hidden. */
    long bytes() {
        return bytes;
    }

    /** The expected ones that are not used any more by Druid's own rule. */
    long gone() {
        return goneOnes().cardinality();
    }

    /** The expected ones that are not shown and not gone. */
    long lost() {
        return expected.size() - seen.cardinality() - gone() - dropped();
    }

    /** The expected ones that the load rules drop, and that Druid has marked as unused. */
    long dropped() {
        return dropped.cardinality();
    }

    /** The expected ones that newer ones overshadow now, and did not in the dump. */
    long replaced() {
        return expected.size() - expected.hidden().cardinality() - visible - lost() - dropped();
    }

    /** Whether this expected segment is lost. */
    boolean lacks(String id) {
        int position = expected.ids().position(id);
        return position >= 0 && !seen.get(position) && !goneOnes().get(position) && !dropped.get(position);
    }

    private BitSet goneOnes() {
        if (gone == null) {
            gone = unseen(expected.hidden());
            if (unused.size() > 0) {
                BitSet since = unseen(expected.hiddenBeside(newerOnes));
                since.and(expected.positions(unused));
                gone.or(since);
            }
        }
        return gone;
    }

    private BitSet unseen(BitSet hidden) {
        BitSet unseen = (BitSet) hidden.clone();
        unseen.andNot(seen);
        return unseen;
    }
}
