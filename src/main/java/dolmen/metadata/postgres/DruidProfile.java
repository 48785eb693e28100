package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.DumpProfile;
import dolmen.model.DatasourceSummary;
import dolmen.model.DumpSummary;
import dolmen.model.SegmentEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** By which tables a dump is known to be one of Druid's metadata, and what its used segments add up to. Names begin with Druid's table base, {@code druid} by default. */
public final class DruidProfile implements DumpProfile {
    private static final List<String> REQUIRED =
            List.of("_segments", "_rules", "_config", "_datasource", "_supervisors");

    private final Consumer<SegmentEntry> usedSegments;

    /** Each used segment of each dump that is read is handed out. */
    public DruidProfile(Consumer<SegmentEntry> usedSegments) {
        this.usedSegments = usedSegments;
    }

    @Override
    public SortedSet<String> missing(Collection<String> tables) {
        SortedSet<String> missing = new TreeSet<>();
        for (String ending : REQUIRED) {
            if (tables.stream().noneMatch(table -> table.endsWith(ending))) {
                missing.add(base(tables) + ending);
            }
        }
        return missing;
    }

    private static String base(Collection<String> tables) {
        return tables.stream()
                .filter(table -> table.endsWith("_segments"))
                .map(table -> table.substring(0, table.length() - "_segments".length()))
                .findFirst()
                .orElse("druid");
    }

    @Override
    public Reading begin() {
        return new SegmentTotals(usedSegments);
    }

    /** Adds up the used segments of one dump. */
    private static final class SegmentTotals implements Reading {
        private final Consumer<SegmentEntry> usedSegments;
        private final SortedMap<String, DatasourceSummary> datasources = new TreeMap<>();
        private final SortedMap<String, Long> loadSpecs = new TreeMap<>();

        SegmentTotals(Consumer<SegmentEntry> usedSegments) {
            this.usedSegments = usedSegments;
        }

        @Override
        public Optional<Rows> rowsOf(CopyTable table) {
            if (!SegmentRows.describes(table)) {
                return Optional.empty();
            }
            SegmentRows segments = new SegmentRows(table);
            return Optional.of(
                    (row, length, line) -> segments.used(row, length, line).ifPresent(this::add));
        }

        private void add(SegmentEntry segment) {
            datasources.merge(segment.datasource(), DatasourceSummary.of(segment), (sum, one) -> sum.with(segment));
            loadSpecs.merge(segment.loadSpecType(), 1L, Long::sum);
            usedSegments.accept(segment);
        }

        @Override
        public DumpSummary complete(DumpSummary counted) {
            return new DumpSummary(
                    counted.serverVersion(),
                    counted.clientVersion(),
                    counted.rows(),
                    datasources,
                    loadSpecs,
                    counted.roles());
        }
    }
}
