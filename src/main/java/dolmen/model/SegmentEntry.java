package dolmen.model;

/**
 * One used segment as the metadata store describes it: the row's id, its datasource, interval
 * ({@code start/end}), version, place among those of its version, the type and path of its load spec, and its size in
 * bytes. The path is absolute; it names a folder when it ends with {@code /}, else a file. Empty when the load spec has no
 * path.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/segments.html">Druid: segments</a>
 */
public record SegmentEntry(
        String id,
        String datasource,
        String interval,
        String version,
        Shard shard,
        String loadSpecType,
        String path,
        long size) {}
