package dolmen.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dolmen.database.postgres.PostgresFixture;
import dolmen.restore.PlainStack;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A stack with as many segments as a benchmark wants: their rows in a real PostgreSQL, a file for each in the shared
 * folder, and a stand-in for Druid's API that knows just these, since a real coordinator with a million segments does
 * not fit beside them.
 */
public final class GeneratedStack implements AutoCloseable {
    private static final int FILES_IN_A_FOLDER = 1000;

    public final PlainStack stack;
    private final SegmentFile file;
    private final HttpServer druid;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int segments;

    /** Segments of 512 bytes. */
    public GeneratedStack(Path home) throws Exception {
        this(home, new SegmentFile(512, 512, false));
    }

    GeneratedStack(Path home, SegmentFile file) throws Exception {
        this.file = file;
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.sql("DELETE FROM druid_segments");
        druid = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        druid.createContext("/", this::answer);
        druid.setExecutor(threads);
        druid.start();
    }

    public String druidUrl() {
        return "http://127.0.0.1:" + druid.getAddress().getPort();
    }

    /** Adds segments until there are so many. */
    public void grow(int wanted) throws IOException {
        for (int number = segments; number < wanted; number++) {
            Path folder = stack.shared.resolve("segments/bulk/" + number / FILES_IN_A_FOLDER + "/" + number);
            Files.createDirectories(folder);
            file.write(folder.resolve("index.zip"), number);
        }
        stack.sql(
                "INSERT INTO druid_segments (id, datasource, created_date, start, \"end\", partitioned, version, used,"
                        + " payload) SELECT id, 'bulk', '2026-11-24T02:00:00.000Z', day, day2, true, 'v1', true,"
                        + " convert_to('{\"dataSource\":\"bulk\",\"interval\":\"' || day || '/' || day2 || '\",\"version\":\"v1\","
                        + "\"loadSpec\":{\"type\":\"local\",\"path\":\"" + stack.shared
                        + "/segments/bulk/' || n / " + FILES_IN_A_FOLDER
                        + " || '/' || n || '/index.zip\"},\"dimensions\":\"page,country\","
                        + "\"metrics\":\"cnt,bytes\",\"shardSpec\":{\"type\":\"numbered\",\"partitionNum\":' || n || ',\"partitions\":0},"
                        + "\"binaryVersion\":9,\"size\":" + file.least() + ",\"identifier\":\"' || id || '\"}', 'UTF8')"
                        + " FROM (SELECT n, 'bulk_' || n AS id, '2024-03-01T00:00:00.000Z' AS day, '2024-03-02T00:00:00.000Z' AS day2"
                        + " FROM generate_series(" + segments + ", " + (wanted - 1) + ") AS n) AS generated");
        segments = wanted;
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().toString();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(200, 0);
        try (OutputStream out = call.getResponseBody();
                BufferedWriter text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            if (path.contains("/metadata/segments")) {
                text.write("[");
                for (int number = 0; number < segments; number++) {
                    text.write((number == 0 ? "" : ",") + "{\"dataSource\":\"bulk\",\"interval\":"
                            + "\"2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z\",\"version\":\"v1\",\"size\":"
                            + file.least()
                            + ",\"identifier\":\"bulk_" + number + "\",\"overshadowed\":false}");
                }
                text.write("]");
                return;
            }
            text.write(small(path, body));
        }
    }

    private String small(String path, String body) {
        if (path.equals("/status")) {
            return "{\"version\":\"25.0.0\",\"modules\":[]}";
        }
        if (path.endsWith("/leader")) {
            return druidUrl();
        }
        if (path.contains("/datasources/bulk/loadstatus")) {
            return "{\"bulk\":0}";
        }
        if (path.contains("/loadstatus")) {
            return "{\"bulk\":100.0}";
        }
        if (path.contains("/metadata/datasources")) {
            return "[\"bulk\"]";
        }
        if (body.contains("GROUP BY datasource")) {
            return "[{\"datasource\":\"bulk\",\"segments\":" + segments + ",\"unavailable\":0,\"num_rows\":" + segments
                    + "}]";
        }
        return "[{\"n\":1}]";
    }

    @Override
    public void close() {
        druid.stop(0);
        threads.shutdownNow();
    }
}
