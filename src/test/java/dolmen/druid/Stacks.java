package dolmen.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.Json;
import dolmen.model.Secret;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;
import dolmen.settings.DruidSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The recorded stack as a dump and a manifest would describe it, and ways to it. */
public final class Stacks {
    private Stacks() {}

    public static DruidSettings settings(URI url) {
        return new DruidSettings(
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
    }

    public static DruidSettings settings(URI url, String user, String password) {
        DruidSettings open = settings(url);
        return new DruidSettings(
                url,
                Optional.of(user),
                Optional.of(new Secret(password)),
                open.caFile(),
                open.callLimit(),
                open.verifyLimit());
    }

    public static DruidApi api(FakeDruid druid) {
        return api(settings(druid.url()));
    }

    static DruidApi api(DruidSettings settings) {
        return new DruidApi(new JdkCall(settings), settings);
    }

    /** The used segments of the recorded stack. */
    public static UsedSegments dump() {
        return dump(entries());
    }

    static UsedSegments dump(List<SegmentEntry> entries) {
        return entries::forEach;
    }

    static List<SegmentEntry> entries() {
        List<SegmentEntry> entries = new ArrayList<>();
        for (String datasource : FakeDruid.DATASOURCES) {
            for (JsonNode segment : tree(Answer.text("segments-" + datasource + ".json"))) {
                entries.add(entry(
                        segment.path("identifier").asText(),
                        datasource,
                        segment.path("interval").asText(),
                        segment.path("version").asText(),
                        Shard.of(segment.path("shardSpec"))));
            }
        }
        return entries;
    }

    /** One that nothing overshadows, since its version is the highest. */
    static SegmentEntry entry(String id, String datasource, String interval) {
        return entry(id, datasource, interval, "9999", Shard.counted(0, 1));
    }

    /** One of the first day of wiki, which the recorded ones overshadow. */
    static SegmentEntry old(String id) {
        String day = "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z";
        return entry(id, "wiki", day, "2020-01-01T00:00:00.000Z", Shard.counted(0, 1));
    }

    static SegmentEntry entry(String id, String datasource, String interval, String version, Shard shard) {
        String path = "/opt/shared/segments/" + id + "/";
        return new SegmentEntry(id, datasource, interval, version, shard, "local", path, 3000);
    }

    /** What the manifest says of the recorded stack. */
    static DruidState then() {
        SortedMap<String, DatasourceState> states = new TreeMap<>();
        for (String datasource : FakeDruid.DATASOURCES) {
            long segments = 0;
            long overshadowed = 0;
            for (JsonNode segment : tree(Answer.text("segments-" + datasource + ".json"))) {
                segments++;
                overshadowed += segment.path("overshadowed").asBoolean() ? 1 : 0;
            }
            states.put(datasource, new DatasourceState(segments, overshadowed, 0, Optional.of(288L)));
        }
        return new DruidState("25.0.0", new TreeSet<>(List.of("postgresql-metadata-storage")), states);
    }

    static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
