package dolmen.druid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A server that answers as Druid does, from recorded answers. Each address has a script of answers; the last one is
 * repeated. An address without a script answers 404.
 */
public final class FakeDruid implements AutoCloseable {
    static final String COORDINATOR = "/druid/coordinator/v1";
    static final String LOAD = COORDINATOR + "/loadstatus?forceMetadataRefresh=true";
    static final List<String> DATASOURCES = List.of("clicks", "sensor_metrics", "wiki");

    static {
        // Without it each answer waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Deque<Answer>> scripts = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Answer otherwise;
    private String authorization;
    private Answer refusal;

    private FakeDruid(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** One without any answers. */
    public static FakeDruid silent() {
        try {
            return new FakeDruid(HttpServer.create(loopback(), 0), "http");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** One that gives this answer to everything. */
    public static FakeDruid always(Answer answer) {
        FakeDruid druid = silent();
        druid.otherwise = answer;
        return druid;
    }

    /** One that speaks TLS. */
    public static FakeDruid secure(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new FakeDruid(server, "https").healthy();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The router of a stack where all is well. */
    public static FakeDruid router() {
        return silent().healthy();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private FakeDruid healthy() {
        answers("/status", Answer.recorded("status.json"));
        answers(COORDINATOR + "/leader", Answer.recorded("coordinator-leader.txt"));
        answers("/druid/indexer/v1/leader", Answer.recorded("overlord-leader.txt"));
        answers(LOAD, Answer.recorded("loadstatus.json"));
        answers(COORDINATOR + "/loadstatus?full", Answer.recorded("loadstatus-full.json"));
        answers(COORDINATOR + "/metadata/datasources", Answer.recorded("metadata-datasources.json"));
        answers(COORDINATOR + "/servers?simple", Answer.recorded("servers.json"));
        answers(COORDINATOR + "/rules", Answer.recorded("rules.json"));
        answers("/druid/indexer/v1/supervisor?state=true", Answer.recorded("supervisors.json"));
        for (String datasource : DATASOURCES) {
            segments(datasource, Answer.recorded("segments-" + datasource + ".json"));
            served(datasource, Answer.recorded("served-" + datasource + ".json"));
            unavailable(datasource, Answer.recorded("unavailable-" + datasource + ".json"));
            sql("FROM \\\"" + datasource + "\\\"", Answer.recorded("sql-one.json"));
        }
        sql("SELECT 1 AS n\"", Answer.recorded("sql-one.json"));
        return sql("SUM(num_rows)", Answer.recorded("sql-rows.json"));
    }

    /** This stack, asked at its coordinator, which has no SQL. */
    FakeDruid withoutSql() {
        scripts.keySet().removeIf(key -> key.startsWith("SQL "));
        return answers("/druid/v2/sql", Answer.html(404, Answer.text("no-sql.html")));
    }

    public FakeDruid answers(String address, Answer... script) {
        synchronized (scripts) {
            scripts.put(address, new ArrayDeque<>(List.of(script)));
        }
        return this;
    }

    FakeDruid segments(String datasource, Answer... script) {
        return answers(COORDINATOR + "/metadata/segments?includeOvershadowedStatus&datasources=" + datasource, script);
    }

    FakeDruid served(String datasource, Answer... script) {
        return answers(COORDINATOR + "/datasources/" + datasource + "/segments", script);
    }

    FakeDruid unavailable(String datasource, Answer... script) {
        return answers(
                COORDINATOR + "/datasources/" + datasource
                        + "/loadstatus?forceMetadataRefresh=false&simple&interval=1000-01-01%2F3000-01-01",
                script);
    }

    /** Answers the SQL requests whose body holds this text. */
    FakeDruid sql(String part, Answer... script) {
        return answers("SQL " + part, script);
    }

    /** From now on only this user gets answers, the others this refusal. */
    public FakeDruid knowsOnly(String user, String password, Answer otherwise) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        authorization = "Basic " + Base64.getEncoder().encodeToString(both);
        refusal = otherwise;
        return this;
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method, path and query of each request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String address = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + address);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (exchange.getRequestMethod().equals("POST") && (type == null || !type.startsWith("application/json"))) {
            exchange.sendResponseHeaders(415, -1);
            exchange.close();
            return;
        }
        boolean stranger = authorization != null
                && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        try (exchange) {
            send(exchange, stranger ? refusal : next(address, body));
        }
    }

    private Answer next(String address, String body) {
        synchronized (scripts) {
            Deque<Answer> script = scripts.get(address);
            if (script == null && address.equals("/druid/v2/sql")) {
                script = scripts.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("SQL ")
                                && body.contains(entry.getKey().substring(4)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
            }
            if (script == null) {
                return otherwise != null
                        ? otherwise
                        : Answer.html(404, "<html><body>no answer for " + address + "</body></html>");
            }
            return script.size() > 1 ? script.poll() : script.peek();
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        pause(answer.delay());
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (!answer.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.type());
        }
        byte[] body = answer.body();
        long length = body.length + answer.tail().length();
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        OutputStream out = exchange.getResponseBody();
        if (answer.drip().isZero()) {
            out.write(body);
            answer.tail().write(out);
            return;
        }
        for (byte one : body) {
            pause(answer.drip());
            out.write(one);
            out.flush();
        }
    }

    private void pause(Duration duration) {
        try {
            closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
