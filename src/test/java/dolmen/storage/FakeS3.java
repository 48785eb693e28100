package dolmen.storage;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A fake of an S3 server for what a real one cannot be made to say; each request gets the answer of a function, and no
 * {@code Date} but one that it has.
 */
public final class FakeS3 implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A request: its method, its path, its query (empty where there is none), and its headers by lower-case names. */
    public record Request(String method, String path, String query, Map<String, List<String>> headers) {
        public boolean has(String header) {
            return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
        }
    }

    /** An answer: its status, its headers, and its body, which for a refusal holds its code. */
    public record Answer(int status, String code, Map<String, String> headers, String body) {
        public Answer(int status, String code, Map<String, String> headers) {
            this(
                    status,
                    code,
                    headers,
                    code.isEmpty() ? "" : "<Error><Code>" + code + "</Code><Message>as asked</Message></Error>");
        }

        public static Answer ok() {
            return new Answer(200, "", Map.of("ETag", "\"none\""));
        }
    }

    public FakeS3(Function<Request, Answer> answers) {
        server = vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
                .requestHandler(call -> call.bodyHandler(body -> answer(call, answers)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void answer(HttpServerRequest call, Function<Request, Answer> answers) {
        Map<String, List<String>> headers = new HashMap<>();
        call.headers().names().forEach(name -> headers.put(name, call.headers().getAll(name)));
        Request request =
                new Request(call.method().name(), call.path(), call.query() == null ? "" : call.query(), headers);
        requests.add(request);
        Answer answer = answers.apply(request);
        answer.headers().forEach(call.response()::putHeader);
        call.response().setStatusCode(answer.status()).end(answer.body());
    }

    S3Store store() {
        return S3Store.of(S3Server.settings(endpoint(), S3Server.BUCKET, S3Server.SECRET_KEY, 0));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
