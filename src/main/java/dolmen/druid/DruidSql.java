package dolmen.druid;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.model.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Questions in SQL, which the router passes to a broker. A broker learns of new segments some seconds after the
 * coordinator; until then it says that the object is not found.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/querying/sql-metadata-tables.html">Druid: system tables</a>
 */
public final class DruidSql {
    private static final String PATH = "/druid/v2/sql";
    private static final String VISIBLE = " FROM sys.segments WHERE is_published = 1 AND is_overshadowed = 0";
    private static final String TIME = "SELECT TIMESTAMP_TO_MILLIS(CURRENT_TIMESTAMP) AS n";
    private static final String ROWS = "SELECT datasource, COUNT(*) AS segments,"
            + " SUM(CASE WHEN is_available = 0 THEN 1 ELSE 0 END) AS unavailable, SUM(num_rows) AS num_rows,"
            + " SUM(CASE WHEN is_available = 1 AND num_rows = 0 AND COALESCE(shard_spec, '') NOT LIKE '%\"tombstone\"%'"
            + " THEN 1 ELSE 0 END) AS unread"
            + VISIBLE + " GROUP BY datasource";
    private static final String SEGMENTS =
            "SELECT segment_id, \"start\", \"end\", num_rows, is_published, is_available,"
                    + " is_realtime FROM sys.segments WHERE is_overshadowed = 0 AND datasource = ?";
    private static final String SEGMENT_ROWS = "SELECT segment_id, num_rows" + VISIBLE + " AND datasource = ?";

    private final JsonClient client;

    DruidSql(JsonClient client) {
        this.client = client;
    }

    /** False when the address has no SQL at all. */
    boolean isSpoken() {
        DruidRequest request = request("SELECT 1 AS n", List.of());
        return client.send(request, reply -> {
            if (reply.status() == 404 || reply.status() == 405) {
                return false;
            }
            client.check(request, reply);
            return true;
        });
    }

    /** The broker's clock. */
    public Instant time() {
        JsonNode answer = client.list(request(TIME, List.of()));
        return Instant.ofEpochMilli(answer.path(0).path("n").asLong());
    }

    /** Segments and rows of every datasource that the broker knows. */
    public SortedMap<String, DatasourceRows> rows() {
        SortedMap<String, DatasourceRows> rows = new TreeMap<>();
        for (JsonNode row : client.list(request(ROWS, List.of()))) {
            rows.put(
                    row.path("datasource").asText(),
                    new DatasourceRows(
                            row.path("segments").asLong(),
                            row.path("unavailable").asLong(),
                            row.path("num_rows").asLong(),
                            row.path("unread").asLong()));
        }
        return rows;
    }

    /** The rows of those segments of a datasource whose ids pass, streamed. */
    public long rows(String datasource, Predicate<String> ids) {
        long[] sum = new long[1];
        client.stream(request(SEGMENT_ROWS, List.of(datasource)), parser -> sum[0] += rows(parser, ids));
        return sum[0];
    }

    private static long rows(JsonParser parser, Predicate<String> ids) throws IOException {
        JsonNode row = Json.MAPPER.readTree(parser);
        return ids.test(row.path("segment_id").asText()) ? row.path("num_rows").asLong() : 0;
    }

    /** Streams the segments of a datasource that newer ones do not hide, those that only tasks serve too. */
    void segments(String datasource, Consumer<BrokerSegment> segments) {
        client.stream(request(SEGMENTS, List.of(datasource)), parser -> {
            JsonNode row = Json.MAPPER.readTree(parser);
            segments.accept(new BrokerSegment(
                    row.path("segment_id").asText(),
                    row.path("start").asText() + "/" + row.path("end").asText(),
                    row.path("num_rows").asLong(),
                    row.path("is_published").asLong() == 1,
                    row.path("is_available").asLong() == 1,
                    row.path("is_realtime").asLong() == 1));
        });
    }

    /**
     * True when a query of this datasource gives a row; false when it gives none or the broker does not know the
     * datasource.
     */
    public boolean answers(String datasource) {
        String query = "SELECT 1 AS n FROM \"" + datasource.replace("\"", "\"\"") + "\" LIMIT 1";
        DruidRequest request = request(query, List.of());
        return client.send(request, reply -> {
            if (reply.status() == 400) {
                JsonNode failure = client.tree(request, reply);
                if (failure.path("errorMessage").asText().contains("not found")) {
                    return false;
                }
                throw JsonClient.unexpected(
                        request, "rows", failure.path("errorMessage").asText());
            }
            client.check(request, reply);
            return !client.tree(request, reply).isEmpty();
        });
    }

    private DruidRequest request(String query, List<String> parameters) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("query", query).put("resultFormat", "object");
        for (String parameter : parameters) {
            body.withArray("/parameters").addObject().put("type", "VARCHAR").put("value", parameter);
        }
        return client.post(PATH, body.toString());
    }
}
