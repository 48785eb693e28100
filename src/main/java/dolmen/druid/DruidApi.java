package dolmen.druid;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dolmen.model.Json;
import dolmen.model.Shard;
import dolmen.model.StepFailure;
import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What Druid's router or coordinator tells, as typed answers. Every call only reads. An answer that is not what Druid
 * sends is a failure, never an empty result. Every method throws {@link StepFailure.Unavailable} when nobody answers or
 * a server has an error of its own, and {@link StepFailure.Failed} when Druid does not authorise the user or something
 * else answers.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/operations/api-reference.html">Druid: API reference</a>
 */
public final class DruidApi {
    private static final String COORDINATOR = "/druid/coordinator/v1";
    private static final String OVERLORD = "/druid/indexer/v1";

    /** 204 and 503 from Druid, 404 from a coordinator that is no overlord, 400 from a router. */
    private static final Set<Integer> NO_LEADER = Set.of(204, 400, 404, 503);

    /** Without it the coordinator looks at the last two weeks only. */
    private static final String ALL_TIMES = "1000-01-01%2F3000-01-01";

    private final DruidCall call;
    private final DruidSettings settings;
    private final JsonClient client;

    /** @throws StepFailure.Unusable when the address of the settings cannot be one of Druid */
    public DruidApi(DruidCall call, DruidSettings settings) {
        this(call, settings, false);
    }

    private DruidApi(DruidCall call, DruidSettings settings, boolean afterRestore) {
        this.call = call;
        this.settings = settings;
        this.client = new JsonClient(call, settings, afterRestore);
    }

    /** This stack after a restore, which may have brought back other passwords: 401 then says so. */
    public DruidApi afterRestore() {
        return new DruidApi(call, settings, true);
    }

    /** The version and extensions of the process at the address of the settings. */
    public DruidStatus status() {
        DruidRequest request = client.get("/status");
        JsonNode status = client.object(request);
        String version = status.path("version").asText();
        if (version.isEmpty()) {
            throw JsonClient.unexpected(request, "an object with 'version'", status.toString());
        }
        SortedSet<String> modules = new TreeSet<>();
        status.path("modules")
                .forEach(module -> modules.add(module.path("artifact").asText()));
        return new DruidStatus(version, modules);
    }

    /** The coordinator that leads; empty when none does. */
    public Optional<URI> coordinatorLeader() {
        return leader(COORDINATOR + "/leader");
    }

    /** The overlord that leads; empty when none does, or when the coordinator of the settings is no overlord too. */
    public Optional<URI> overlordLeader() {
        return leader(OVERLORD + "/leader");
    }

    private Optional<URI> leader(String path) {
        DruidRequest request = client.get(path);
        return client.send(request, reply -> {
            if (NO_LEADER.contains(reply.status())) {
                return Optional.empty();
            }
            client.check(request, reply);
            String address = new String(reply.body().readNBytes(2048), StandardCharsets.UTF_8);
            Optional<URI> leader = JsonClient.address(address);
            if (leader.filter(uri -> uri.getRawAuthority() != null).isEmpty() && !address.isBlank()) {
                throw JsonClient.unexpected(request, "an address", address);
            }
            return leader;
        });
    }

    /** The datasources that have used segments in the metadata store. */
    public SortedSet<String> datasources() {
        SortedSet<String> names = new TreeSet<>();
        client.list(client.get(COORDINATOR + "/metadata/datasources")).forEach(name -> names.add(name.asText()));
        return names;
    }

    /**
     * Makes the coordinator read the metadata store now, and tells the percentage that is loaded of each datasource.
     * Overshadowed segments count as not loaded there, so less than 100 may be well; a name that is absent is not.
     */
    SortedMap<String, Double> refreshedLoad() {
        SortedMap<String, Double> load = new TreeMap<>();
        JsonNode answer = client.object(client.get(COORDINATOR + "/loadstatus?forceMetadataRefresh=true"));
        answer.properties()
                .forEach(entry -> load.put(entry.getKey(), entry.getValue().asDouble()));
        return load;
    }

    /** Streams the used segments of a datasource, hidden ones too; none when it is not known. */
    public void usedSegments(String datasource, Consumer<ShownSegment> consumer) {
        DruidRequest request = client.get(
                COORDINATOR + "/metadata/segments?includeOvershadowedStatus&datasources=" + encode(datasource));
        client.stream(request, parser -> consumer.accept(segment(request, parser)));
    }

    private static ShownSegment segment(DruidRequest request, JsonParser parser) throws IOException {
        String id = null;
        String datasource = null;
        String interval = "";
        String version = "";
        JsonNode shard = MissingNode.getInstance();
        long size = 0;
        Boolean overshadowed = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "identifier" -> id = parser.getText();
                case "dataSource" -> datasource = parser.getText();
                case "interval" -> interval = parser.getText();
                case "version" -> version = parser.getText();
                case "shardSpec" -> shard = Json.MAPPER.readTree(parser);
                case "size" -> size = parser.getLongValue();
                case "overshadowed" -> overshadowed = parser.getBooleanValue();
                default -> parser.skipChildren();
            }
        }
        if (id == null || datasource == null || overshadowed == null) {
            throw JsonClient.unexpected(request, "a list of segments with 'overshadowed'", "id " + id);
        }
        return new ShownSegment(id, datasource, interval, version, Shard.of(shard), size, overshadowed);
    }

    /** Streams the ids of the segments of a datasource that servers have loaded; none when there are none. */
    public void servedSegments(String datasource, Consumer<String> ids) {
        DruidRequest request = client.get(COORDINATOR + "/datasources/" + encode(datasource) + "/segments");
        client.stream(request, parser -> {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw JsonClient.unexpected(request, "a list of ids", parser.getText());
            }
            ids.accept(parser.getText());
        });
    }

    /**
     * The number of used segments of a datasource that should be loaded and are not, at all times; overshadowed ones do
     * not count. Empty when the coordinator knows no used segment of it.
     */
    public OptionalLong unavailable(String datasource) {
        DruidRequest request = client.get(COORDINATOR + "/datasources/" + encode(datasource)
                + "/loadstatus?forceMetadataRefresh=false&simple&interval=" + ALL_TIMES);
        return client.send(request, reply -> {
            if (reply.status() == 204) {
                return OptionalLong.empty();
            }
            client.check(request, reply);
            byte[] body = reply.body().readNBytes(4096);
            if (new String(body, StandardCharsets.UTF_8).startsWith("No used segment found")) {
                return OptionalLong.empty();
            }
            JsonNode count = client.tree(request, body).path(datasource);
            if (!count.isIntegralNumber()) {
                throw JsonClient.unexpected(request, "a number of segments", new String(body, StandardCharsets.UTF_8));
            }
            return OptionalLong.of(count.asLong());
        });
    }

    /**
     * The replicas that the load rules want and nobody holds, per datasource, over all tiers; as of the coordinator's
     * last run.
     */
    SortedMap<String, Long> missingReplicas() {
        SortedMap<String, Long> missing = new TreeMap<>();
        for (JsonNode tier : client.object(client.get(COORDINATOR + "/loadstatus?full"))) {
            tier.properties()
                    .forEach(entry ->
                            missing.merge(entry.getKey(), entry.getValue().asLong(), Long::sum));
        }
        return missing;
    }

    /** The historicals. */
    public List<DataServer> historicals() {
        List<DataServer> servers = new ArrayList<>();
        for (JsonNode server : client.list(client.get(COORDINATOR + "/servers?simple"))) {
            if ("historical".equals(server.path("type").asText())) {
                servers.add(new DataServer(
                        server.path("host").asText(),
                        server.path("tier").asText(),
                        server.path("currSize").asLong(),
                        server.path("maxSize").asLong()));
            }
        }
        return List.copyOf(servers);
    }

    /** The load rules per datasource, those for all under {@link LoadRule#DEFAULT}. */
    public SortedMap<String, List<LoadRule>> rules() {
        SortedMap<String, List<LoadRule>> rules = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                client.object(client.get(COORDINATOR + "/rules")).properties()) {
            rules.put(entry.getKey(), LoadRule.list(entry.getValue()));
        }
        return Collections.unmodifiableSortedMap(rules);
    }

    /** The load rules per datasource as Druid writes them, a JSON list each; those for all under {@link LoadRule#DEFAULT}. */
    SortedMap<String, String> ruleTexts() {
        SortedMap<String, String> texts = new TreeMap<>();
        client.object(client.get(COORDINATOR + "/rules"))
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().toString()));
        return texts;
    }

    /** The datasources to which the coordinator limits its own killing of unused segments; empty: all of them. */
    public SortedSet<String> killList() {
        SortedSet<String> names = new TreeSet<>();
        client.object(client.get(COORDINATOR + "/config"))
                .path("killDataSourceWhitelist")
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The tasks that run, are pending or wait. */
    public List<ActiveTask> activeTasks() {
        List<ActiveTask> tasks = new ArrayList<>();
        for (String state : List.of("running", "pending", "waiting")) {
            for (JsonNode task : client.list(client.get(OVERLORD + "/tasks?state=" + state))) {
                tasks.add(new ActiveTask(
                        task.path("id").asText(),
                        task.path("type").asText(),
                        task.path("dataSource").asText()));
            }
        }
        return List.copyOf(tasks);
    }

    /** The supervisors and how they do. */
    public List<SupervisorState> supervisors() {
        List<SupervisorState> supervisors = new ArrayList<>();
        for (JsonNode supervisor : client.list(client.get(OVERLORD + "/supervisor?state=true"))) {
            supervisors.add(new SupervisorState(
                    supervisor.path("id").asText(),
                    supervisor
                            .path("detailedState")
                            .asText(supervisor.path("state").asText()),
                    supervisor.path("healthy").asBoolean(),
                    supervisor.path("suspended").asBoolean()));
        }
        return List.copyOf(supervisors);
    }

    /** SQL, as the router passes it to a broker; empty when the address is a coordinator, which knows none. */
    public Optional<DruidSql> sql() {
        DruidSql sql = new DruidSql(client);
        return sql.isSpoken() ? Optional.of(sql) : Optional.empty();
    }

    /** Native queries, which the router passes to a broker. */
    NativeQueries queries() {
        return new NativeQueries(client);
    }

    private static String encode(String datasource) {
        return URLEncoder.encode(datasource, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
