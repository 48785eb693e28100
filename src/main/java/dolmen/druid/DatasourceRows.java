package dolmen.druid;

import java.util.Optional;

/**
 * What a broker knows of one datasource: the published segments that nothing hides, how many of them no server serves,
 * the rows of the served ones, and how many of these the broker has not read the rows of yet: it counts none for them until
 * it refreshes its metadata, by default once a minute. A tombstone has no rows.
 */
public record DatasourceRows(long segments, long unavailable, long rows, long unread) {
    /** The rows of all of so many segments; empty while the broker does not know those of every one. */
    Optional<Long> rowsOf(long visible) {
        return segments == visible && unread == 0 ? Optional.of(rows) : Optional.empty();
    }
}
