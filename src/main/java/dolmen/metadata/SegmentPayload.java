package dolmen.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import java.io.IOException;

/** What a row of Druid's table of segments says of its segment, in JSON. */
public final class SegmentPayload {
    private SegmentPayload() {}

    /** Throws {@code IllegalArgumentException} when the payload is not what Druid writes. */
    public static SegmentEntry entry(String id, String datasource, byte[] payload) {
        JsonNode json = read(payload);
        JsonNode loadSpec = json.path("loadSpec");
        String interval = json.path("interval").asText();
        String type = loadSpec.path("type").asText();
        if (!interval.contains("/") || type.isEmpty() || !json.path("size").isIntegralNumber()) {
            throw new IllegalArgumentException("interval, load spec or size is missing");
        }
        JsonNode path = loadSpec.path("path");
        return new SegmentEntry(
                id,
                datasource,
                interval,
                json.path("version").asText(),
                Shard.of(json.path("shardSpec")),
                type,
                path.isTextual() ? path.textValue() : "",
                json.path("size").longValue());
    }

    private static JsonNode read(byte[] payload) {
        try {
            return Json.MAPPER.readTree(payload);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the payload is no JSON", unreadable);
        }
    }
}
