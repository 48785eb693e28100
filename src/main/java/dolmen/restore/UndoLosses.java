package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the stack has now and would not have when a restore is taken back; used segments are counted by datasource. */
public final class UndoLosses implements Function<Run, Losses> {
    private final DruidMetadata metadata;

    public UndoLosses(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public Losses apply(Run undone) {
        SortedMap<String, Long> segments = new TreeMap<>();
        if (undone.request().choice().ofDatasources()) {
            metadata.datasources()
                    .cameSince(undone.mark(), (datasource, id) -> segments.merge(datasource, 1L, Long::sum));
            return new Losses(words(segments, " that came since"), List.of());
        }
        MetadataLosses losses = new MetadataLosses(metadata, Replacement.of(metadata.replaced(undone.mark())));
        losses.segments(segment -> segments.merge(segment.datasource(), 1L, Long::sum));
        List<String> druids = new ArrayList<>(words(segments, ""));
        List<String> foreign = new ArrayList<>();
        losses.others(true, druids::add);
        losses.foreign(foreign::add);
        return new Losses(druids, foreign);
    }

    private static List<String> words(SortedMap<String, Long> segments, String which) {
        return segments.entrySet().stream()
                .map(entry -> entry.getValue() + " used segments of " + entry.getKey() + which)
                .toList();
    }
}
