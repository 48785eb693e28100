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
import java.util.SortedSet;
import java.util.TreeSet;

/** The sandbox's coordinator, asked and told directly. */
final class Coordinator {
    private static final URI API = URI.create("http://127.0.0.1:18081/druid/coordinator/v1/");

    private Coordinator() {}

    /** How long after its start it waits before it marks overshadowed and dropped segments as unused. */
    static void markUnusedAfter(Duration delay) throws Exception {
        post("config", "{\"millisToWaitBeforeDeleting\":" + delay.toMillis() + "}");
    }

    /** The load rules of a datasource. */
    static void rules(String datasource, String json) throws Exception {
        post("rules/" + datasource, json);
    }

    /** The ids that it flags as overshadowed. */
    static SortedSet<String> flagged() throws Exception {
        SortedSet<String> ids = new TreeSet<>();
        String shown = send(HttpRequest.newBuilder(API.resolve("metadata/segments?includeOvershadowedStatus")));
        for (JsonNode segment : Json.MAPPER.readTree(shown)) {
            if (segment.path("overshadowed").asBoolean()) {
                ids.add(segment.path("identifier").asText());
            }
        }
        return ids;
    }

    private static void post(String path, String json) throws Exception {
        send(HttpRequest.newBuilder(API.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
