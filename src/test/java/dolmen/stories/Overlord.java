package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** The sandbox's overlord and broker, by way of its router: rows are appended, killed and summed up. */
final class Overlord {
    private static final URI ROUTER = URI.create("http://127.0.0.1:18888/");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Overlord() {}

    /** Appends rows with these values of {@code v} to the day; its segment may not be loaded yet when it returns. */
    static void append(String datasource, String day, int... values) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int value : values) {
            lines.append(Json.MAPPER.writeValueAsString(Map.of("t", day + "T01:00:00Z", "v", value)))
                    .append('\n');
        }
        Map<String, Object> schema = Map.of(
                "dataSource", datasource,
                "timestampSpec", Map.of("column", "t", "format", "iso"),
                "dimensionsSpec", Map.of("dimensions", new String[] {"w"}),
                "metricsSpec", new Object[] {Map.of("type", "longSum", "name", "v", "fieldName", "v")},
                "granularitySpec",
                        Map.of(
                                "segmentGranularity",
                                "DAY",
                                "queryGranularity",
                                "NONE",
                                "rollup",
                                false,
                                "intervals",
                                new String[] {day + "/P1D"}));
        Map<String, Object> io = Map.of(
                "type",
                "index_parallel",
                "inputSource",
                Map.of("type", "inline", "data", lines.toString()),
                "inputFormat",
                Map.of("type", "json"),
                "appendToExisting",
                true);
        Map<String, Object> spec = Map.of("dataSchema", schema, "ioConfig", io);
        done(Map.of("type", "index_parallel", "spec", spec));
    }

    /**
     * Marks one segment as unused, waits until queries have only this sum left, and kills the day's unused ones; what was
     * allocated is forgotten, as it is after a day.
     */
    static void forget(String datasource, String day, String segment, long left) throws Exception {
        ContainerSandbox.sql("UPDATE druid_segments SET used = false WHERE id = '" + segment + "'");
        awaitSum("unused " + segment, datasource, left);
        done(Map.of("type", "kill", "dataSource", datasource, "interval", day + "/P1D"));
        ContainerSandbox.sql("DELETE FROM druid_pendingsegments WHERE datasource = '" + datasource + "'");
    }

    private static void done(Map<String, Object> task) throws Exception {
        String id = send("druid/indexer/v1/task", task).path("task").asText();
        Awaitility.await().atMost(LIMIT).until(() -> {
            String status = get("druid/indexer/v1/task/" + id + "/status")
                    .path("status")
                    .path("statusCode")
                    .asText();
            assertThat(status).as(id).isNotEqualTo("FAILED");
            return status.equals("SUCCESS");
        });
    }

    /** The sum of {@code v} that a query gives, as soon as it is this one; throws when it never is. */
    static void awaitSum(String moment, String datasource, long sum) {
        Awaitility.await(moment)
                .atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                send("druid/v2/sql", Map.of("query", "SELECT SUM(v) AS s FROM " + datasource))
                                        .path(0)
                                        .path("s")
                                        .asLong(-1))
                        .isEqualTo(sum));
    }

    private static JsonNode send(String path, Map<String, Object> body) throws Exception {
        return answer(HttpRequest.newBuilder(ROUTER.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body))));
    }

    private static JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(ROUTER.resolve(path)));
    }

    private static JsonNode answer(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }
}
