package notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of the web that keeps every call, and that fails the first ones when told so. */
public final class Hook implements AutoCloseable {
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    public final AtomicInteger failing = new AtomicInteger();
    public volatile int status = 503;
    private final HttpServer server;

    public Hook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange call) throws IOException {
        String type = String.valueOf(call.getRequestHeaders().getFirst("Content-Type"));
        bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(call.getRequestMethod() + " " + call.getRequestURI() + " " + type);
        call.sendResponseHeaders(failing.getAndDecrement() > 0 ? status : 200, -1);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
