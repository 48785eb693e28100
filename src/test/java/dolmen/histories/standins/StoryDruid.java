package dolmen.histories.standins;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dolmen.histories.files.Fuse;
import dolmen.histories.files.Killed;
import dolmen.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Stands for Druid's router: it answers from the used rows of the metadata and the files in deep storage, as a cluster
 * would that has just read the first and loaded the second.
 */
public final class StoryDruid implements AutoCloseable {
    private static final String COORDINATOR = "/druid/coordinator/v1";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Supplier<List<Served>> segments = List::of;

    /** A used segment as the cluster shows it; {@code rows} is empty below 0 where it cannot be loaded. */
    public record Served(String id, String datasource, String interval, long size, long rows) {
        boolean available() {
            return rows >= 0;
        }
    }

    public StoryDruid() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** From now on it shows these, asked for at each call; null: nothing answers. */
    public void serve(Supplier<List<Served>> now) {
        segments = now;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String address = exchange.getRequestURI().toString();
            Fuse.call("druid " + address);
            List<Served> served = segments.get();
            Object answer = served == null ? null : answer(address, body, served);
            byte[] text = answer instanceof String plain
                    ? plain.getBytes(StandardCharsets.UTF_8)
                    : Json.MAPPER.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(served == null ? 503 : answer == null ? 404 : 200, text.length);
            exchange.getResponseBody().write(text);
        } catch (Killed refused) {
            throw new IOException(refused);
        }
    }

    private Object answer(String address, String body, List<Served> all) throws IOException {
        if (address.equals("/druid/v2/sql")) {
            return sql(Json.MAPPER.readTree(body), all);
        }
        Map<String, List<Served>> named =
                all.stream().collect(Collectors.groupingBy(Served::datasource, TreeMap::new, Collectors.toList()));
        if (address.startsWith(COORDINATOR + "/metadata/segments")) {
            String name = address.substring(address.indexOf("datasources=") + 12);
            return named.getOrDefault(name, List.of()).stream()
                    .map(StoryDruid::described)
                    .toList();
        }
        if (address.startsWith(COORDINATOR + "/datasources/")) {
            String name = address.split("/")[5];
            List<Served> own = named.getOrDefault(name, List.of());
            if (address.endsWith("/segments")) {
                return own.stream().filter(Served::available).map(Served::id).toList();
            }
            return own.isEmpty()
                    ? "No used segment found for the given datasource and interval"
                    : Map.of(name, missing(own));
        }
        return switch (address) {
            case "/status" -> Map.of("version", "25.0.0", "modules", List.of());
            case COORDINATOR + "/leader", "/druid/indexer/v1/leader" -> "http://coordinator:8081";
            case COORDINATOR + "/loadstatus?forceMetadataRefresh=true" -> each(named, own -> 100.0);
            case COORDINATOR + "/loadstatus?full" -> Map.of("_default_tier", each(named, StoryDruid::missing));
            case COORDINATOR + "/metadata/datasources" -> named.keySet();
            case COORDINATOR + "/servers?simple" ->
                List.of(Map.of(
                        "host",
                        "h:8083",
                        "tier",
                        "_default_tier",
                        "type",
                        "historical",
                        "currSize",
                        1,
                        "maxSize",
                        1L << 40));
            case COORDINATOR + "/rules" ->
                Map.of(
                        "_default",
                        List.of(Map.of("type", "loadForever", "tieredReplicants", Map.of("_default_tier", 1))));
            case COORDINATOR + "/config" -> Map.of();
            default -> address.startsWith("/druid/indexer/v1/") ? List.of() : null;
        };
    }

    private static Map<String, Object> each(
            Map<String, List<Served>> named, java.util.function.Function<List<Served>, Object> value) {
        Map<String, Object> result = new TreeMap<>();
        named.forEach((name, own) -> result.put(name, value.apply(own)));
        return result;
    }

    private static Map<String, Object> described(Served segment) {
        return Map.of(
                "identifier", segment.id(),
                "dataSource", segment.datasource(),
                "interval", segment.interval(),
                "size", segment.size(),
                "overshadowed", false);
    }

    private static long missing(List<Served> segments) {
        return segments.stream().filter(segment -> !segment.available()).count();
    }

    private static Object sql(JsonNode request, List<Served> all) {
        String query = request.path("query").asText();
        if (query.contains("CURRENT_TIMESTAMP")) {
            return List.of(Map.of("n", System.currentTimeMillis()));
        }
        if (query.contains("GROUP BY datasource")) {
            return all.stream()
                    .map(Served::datasource)
                    .distinct()
                    .sorted()
                    .map(name -> rows(name, all))
                    .toList();
        }
        if (query.contains("segment_id")) {
            String name = request.path("parameters").path(0).path("value").asText();
            return all.stream()
                    .filter(segment -> segment.datasource().equals(name))
                    .map(segment -> Map.of("segment_id", segment.id(), "num_rows", Math.max(0, segment.rows())))
                    .toList();
        }
        return List.of(Map.of("n", 1));
    }

    private static Map<String, Object> rows(String name, List<Served> all) {
        List<Served> own = all.stream()
                .filter(segment -> segment.datasource().equals(name))
                .toList();
        return Map.of(
                "datasource", name,
                "segments", own.size(),
                "unavailable", missing(own),
                "num_rows",
                        own.stream()
                                .mapToLong(segment -> Math.max(0, segment.rows()))
                                .sum());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
