package dolmen.model;

import java.util.Optional;

/**
 * What Druid's API said of one datasource: its used segments, how many of them newer versions hide (overshadowed: used,
 * but not loaded), how many of the others no server serves, and the rows of the served ones. Rows are empty when nobody
 * could be asked (a coordinator knows no SQL) or when they cannot be told for just the segments of the backup.
 */
public record DatasourceState(long segments, long overshadowed, long unavailable, Optional<Long> rows) {
    /** This datasource with these rows. */
    public DatasourceState withRows(Optional<Long> known) {
        return new DatasourceState(segments, overshadowed, unavailable, known);
    }
}
