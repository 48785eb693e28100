package dolmen.http;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.app.ServedPage;
import dolmen.model.Json;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The real server on a free port, over files as the runs of three nights write them, and a client that asks it. What it
 * is asked to run waits until it may end, and then ends as a test says.
 */
final class ServedSample implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    final SampleState sample;
    final List<RunRequest> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch mayEnd = new CountDownLatch(1);
    Optional<Failed> failure = Optional.empty();

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<ServedPage> served = Optional.empty();

    ServedSample(Path home) throws Exception {
        this(new SampleState(home).nights(3, Duration.ofHours(5)));
    }

    ServedSample(SampleState sample) {
        this.sample = sample;
    }

    /** Serves what the files and settings are now, instead of what was served before. */
    void serve() {
        stop();
        served = Optional.of(new ServedPage(sample.settings(), this::run));
    }

    private Report run(RunRequest request) {
        asked.add(request);
        try {
            mayEnd.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        Run run = Run.begin(request, Instant.now());
        return failure.map(why -> Report.failure(run, "begin-backup", why, Instant.now()))
                .orElseGet(() -> Report.success(run, "done", List.of(), Instant.now()));
    }

    private void stop() {
        served.ifPresent(ServedPage::close);
        served = Optional.empty();
    }

    @Override
    public void close() {
        mayEnd.countDown();
        stop();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sample.address() + path)).timeout(LIMIT);
    }

    HttpRequest.Builder retry(String run) {
        return request("/api/dead-letters/" + run + "/retry").POST(BodyPublishers.noBody());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    JsonNode json(String path) throws Exception {
        return Json.MAPPER.readTree(get(path).body());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The status line for a request to a host of this name, as a browser would send it after the name was led here. */
    String statusFor(String host) throws Exception {
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(sample.address()).getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
