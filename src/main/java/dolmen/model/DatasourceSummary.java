package dolmen.model;

/**
 * What the metadata says of one datasource: the number of its used segments, the sum of their sizes in bytes, and the
 * first start and last end of their intervals (ISO-8601, as Druid writes them).
 */
public record DatasourceSummary(long segments, long bytes, String start, String end) {
    /** Takes in one more used segment. */
    public DatasourceSummary with(SegmentEntry segment) {
        String[] interval = segment.interval().split("/", 2);
        return new DatasourceSummary(
                segments + 1,
                bytes + segment.size(),
                start.compareTo(interval[0]) < 0 ? start : interval[0],
                end.compareTo(interval[1]) > 0 ? end : interval[1]);
    }

    /** The summary of a datasource with this one segment. */
    public static DatasourceSummary of(SegmentEntry segment) {
        String[] interval = segment.interval().split("/", 2);
        return new DatasourceSummary(1, segment.size(), interval[0], interval[1]);
    }
}
