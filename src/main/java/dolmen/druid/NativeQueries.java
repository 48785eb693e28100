package dolmen.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.model.Json;
import java.time.Duration;
import java.util.Collection;

/**
 * Native queries, which every broker answers, with SQL or without.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/querying/timeseriesquery.html">Druid: timeseries queries</a>
 */
final class NativeQueries {
    private final JsonClient client;

    NativeQueries(JsonClient client) {
        this.client = client;
    }

    /** The stored rows of a datasource in these intervals, rolled up as they lie there; no cache answers for them. */
    long count(String datasource, Collection<String> intervals, Duration limit) {
        ObjectNode query = Json.MAPPER.createObjectNode();
        query.put("queryType", "timeseries").put("granularity", "all");
        query.putObject("dataSource").put("type", "table").put("name", datasource);
        intervals.forEach(query.withArray("/intervals")::add);
        query.withArray("/aggregations").addObject().put("type", "count").put("name", "n");
        query.putObject("context")
                .put("timeout", Math.max(1, limit.toMillis()))
                .put("useCache", false)
                .put("populateCache", false)
                .put("useResultLevelCache", false)
                .put("populateResultLevelCache", false);
        JsonNode answer = client.list(client.post("/druid/v2", query.toString()));
        return answer.path(0).path("result").path("n").asLong();
    }
}
