package dolmen.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A fake of an S3 server for what a real one cannot be made to say; each request gets the answer of a function. */
final class FakeS3 implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A request: its method, its path, and its headers by lower-case names. */
    record Request(String method, String path, Map<String, List<String>> headers) {
        boolean has(String header) {
            return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
        }
    }

    /** An answer: its status and, for a refusal, its code. */
    record Answer(int status, String code, Map<String, String> headers) {
        static Answer ok() {
            return new Answer(200, "", Map.of("ETag", "\"none\""));
        }
    }

    FakeS3(Function<Request, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> answer(call, answers));
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange call, Function<Request, Answer> answers) throws IOException {
        call.getRequestBody().readAllBytes();
        Request request = new Request(
                call.getRequestMethod(), call.getRequestURI().getPath(), Map.copyOf(call.getRequestHeaders()));
        requests.add(request);
        Answer answer = answers.apply(request);
        answer.headers().forEach(call.getResponseHeaders()::set);
        byte[] body = answer.code().isEmpty()
                ? new byte[0]
                : ("<Error><Code>" + answer.code() + "</Code><Message>as asked</Message></Error>")
                        .getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    S3Store store() {
        return S3Store.of(S3Server.settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                S3Server.BUCKET,
                S3Server.SECRET_KEY,
                0));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
