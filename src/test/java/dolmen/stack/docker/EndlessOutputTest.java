package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dolmen.model.Json;
import dolmen.model.StepFailure.Unavailable;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A fake engine that does not end the stream of a program although the program has ended, as some engines do. */
class EndlessOutputTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer engine;
    private DockerFixture docker;
    private boolean withEnd;
    private String mark;

    @BeforeEach
    void start() throws Exception {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.setExecutor(threads);
        engine.createContext("/", this::answer);
        engine.start();
        docker = DockerFixture.through("tcp://127.0.0.1:" + engine.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        over.countDown();
        docker.close();
        engine.stop(0);
        threads.shutdown();
    }

    @Test
    @Tag("DK-14")
    void a_program_whose_last_mark_came_has_ended_although_its_stream_has_not() {
        withEnd = true;
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Outcome outcome = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> run(out));

        assertThat(outcome.exitStatus()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("all of it\n");
    }

    @Test
    @Tag("DK-14")
    void a_program_that_ended_without_its_last_mark_has_not_given_all_it_had() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(40),
                () -> assertThatThrownBy(() -> run(OutputStream.nullOutputStream()))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("its output broke off"));
    }

    private Outcome run(OutputStream out) {
        return docker.host().run("postgres", Command.of(Duration.ofMinutes(10), "pg_dump"), out);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] asked = exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/containers/json")) {
            json(exchange, "[{\"Id\":\"c1\",\"Names\":[\"/postgres\"],\"State\":\"running\",\"Labels\":{}}]");
        } else if (path.endsWith("/containers/c1/json")) {
            json(
                    exchange,
                    "{\"Id\":\"c1\",\"Name\":\"/postgres\",\"Config\":{\"Image\":\"x\"},\"State\":{\"Running\":true}}");
        } else if (path.endsWith("/exec")) {
            mark = Json.MAPPER.readTree(asked).at("/Cmd/3").asText();
            json(exchange, "{\"Id\":\"e1\"}");
        } else if (path.endsWith("/exec/e1/json")) {
            json(exchange, "{\"ID\":\"e1\",\"Running\":false,\"ExitCode\":0}");
        } else {
            stream(exchange);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.docker.raw-stream");
        exchange.sendResponseHeaders(200, 0);
        frame(exchange.getResponseBody(), mark + " 4711\nall of it\n");
        if (withEnd) {
            frame(exchange.getResponseBody(), "\n" + mark + " 000\n");
        }
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void frame(OutputStream out, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8).put((byte) 1).putInt(4, content.length).array());
        out.write(content);
        out.flush();
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/exec") ? 201 : 200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
