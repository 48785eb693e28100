package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.SegmentPrint;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All that is lost when something takes the place of the live metadata: used segments, tables of Druid, supervisors, offsets, load rules,
 * configuration, and objects that are not Druid's. Hands it out in short words, kind after kind.
 */
final class MetadataLosses {
    private final DruidMetadata metadata;
    private final Replacement replacement;
    private Foreign foreign;

    /** What is not Druid's in the live database and in what takes its place. */
    private record Foreign(ForeignObjects here, ForeignObjects there) {}

    MetadataLosses(DruidMetadata metadata, Replacement replacement) {
        this.metadata = metadata;
        this.replacement = replacement;
    }

    /** Compares the used segments, and hands out the live ones that are lost. */
    SegmentDifference segments(Consumer<SegmentPrint> lost) {
        SegmentDifference difference = new SegmentDifference();
        replacement.used().forEach(difference::backup);
        live().prints().forEach(segment -> {
            if (!difference.live(segment)) {
                lost.accept(segment);
            }
        });
        return difference;
    }

    /** Hands out what else of Druid's is lost; with {@code changes} also what gets another value. */
    void others(boolean changes, Consumer<String> lost) {
        tables(lost);
        DruidLosses druid =
                new DruidLosses(live().contents(), replacement.contents().get());
        Stream.of(druid.supervisors(), druid.offsets(), druid.settings())
                .flatMap(Collection::stream)
                .forEach(loss -> lost.accept(loss.what()));
        if (changes) {
            druid.changes().forEach(loss -> lost.accept(loss.what()));
        }
    }

    private void tables(Consumer<String> lost) {
        Set<String> kept = replacement.tables().get();
        Foreign both = foreign();
        live().rows().forEach((table, rows) -> {
            if (!kept.contains(table) && both.here().isDruids(table, both.there()) && rows.orElse(1) > 0) {
                lost.accept("table " + table);
            }
        });
    }

    /** Hands out the objects that are lost and are not Druid's. */
    void foreign(Consumer<String> lost) {
        foreign().here().lostTo(foreign().there()).forEach(lost);
    }

    /** Read once, since it takes the server longer than all else here. */
    private Foreign foreign() {
        if (foreign == null) {
            foreign = new Foreign(live().foreign(), replacement.foreign().get());
        }
        return foreign;
    }

    private MetadataDatabase live() {
        return metadata.live();
    }
}
