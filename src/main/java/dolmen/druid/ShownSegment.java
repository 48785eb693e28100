package dolmen.druid;

/**
 * A used segment as Druid's coordinator shows it: id, datasource, interval ({@code start/end}), size in bytes, and
 * whether newer versions hide it, so that it need not be loaded.
 */
public record ShownSegment(String id, String datasource, String interval, long size, boolean overshadowed) {}
