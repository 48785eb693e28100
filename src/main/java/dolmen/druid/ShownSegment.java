package dolmen.druid;

import dolmen.model.Shard;

/**
 * A used segment as Druid's coordinator shows it: id, datasource, interval ({@code start/end}), version,
 * place among those of its version, size in bytes, and whether newer ones hide it, so that it need not be loaded.
 */
public record ShownSegment(
        String id, String datasource, String interval, String version, Shard shard, long size, boolean overshadowed) {}
