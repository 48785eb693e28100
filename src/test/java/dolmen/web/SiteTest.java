package dolmen.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.ServedPage;
import dolmen.catalog.NoticeRecords;
import dolmen.catalog.Outbox;
import dolmen.catalog.RunLock;
import dolmen.model.Json;
import dolmen.model.Notice;
import dolmen.model.Origin;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a free port, over files as runs write them. */
class SiteTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<RunRequest> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private Optional<Failed> failure = Optional.empty();
    private SampleState sample;
    private ServedPage served;

    @BeforeEach
    void some_nights() throws Exception {
        sample = new SampleState(home).nights(3, Duration.ofHours(5));
    }

    @AfterEach
    void ends() {
        mayEnd.countDown();
        if (served != null) {
            served.close();
        }
    }

    @Test
    void the_page_and_its_parts_are_served_with_strict_headers() throws Exception {
        serve();
        for (String path : List.of("/", "/page.css", "/page.js", "/chart.js", "/icon.svg")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).isNotBlank();
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        }
        assertThat(get("/").body()).doesNotContain("http:", "https:", "<style", "onclick");
    }

    @Test
    void nothing_but_the_page_s_own_files_is_served() throws Exception {
        serve();
        for (String path : List.of(
                "/pom.xml",
                "/logback.xml",
                "/page.html",
                "/dolmen/web/page.js",
                "/..%2fpom.xml",
                "/api/runs/..%2f..%2fbackup",
                "/q/dev",
                "/observe/metrics")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void the_catalog_the_runs_and_the_dead_letters_are_told() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        Files.createDirectories(home.resolve("backup/20200101-020000"));
        Files.writeString(home.resolve("backup/20200101-020000/manifest.json"), "{}");
        serve();

        JsonNode backups = json("/api/backups");
        assertThat(backups).hasSize(4);
        assertThat(backups.get(0).get("kind").asText()).isEqualTo("incremental");
        assertThat(backups.get(0).get("bytes").asLong())
                .isGreaterThan(backups.get(0).get("newBytes").asLong());
        assertThat(backups.get(0).get("verdict").asText()).isEqualTo("verified");
        assertThat(backups.get(0).get("places").get(0).asText()).isEqualTo("here");
        assertThat(backups.get(0).get("rows").asLong()).isPositive();
        assertThat(backups.get(3).get("verdict").asText()).isEqualTo("unreadable");

        assertThat(json("/api/runs").get(0).get("id").asText()).isEqualTo(run);
        assertThat(json("/api/runs").get(0).get("retries").asLong()).isEqualTo(3);
        assertThat(json("/api/runs/" + run).get("steps")).hasSize(5);
        assertThat(json("/api/runs/" + run).get("hint").asText()).isEqualTo("Is it up?");
        assertThat(json("/api/dead-letters").get(0).get("failure").asText()).isEqualTo("cannot reach postgres");
        assertThat(get("/api/runs/20200101-000000-000-backup").statusCode()).isEqualTo(404);
    }

    @Test
    void what_goes_on_is_told_with_its_progress_and_what_a_killed_process_left_is_told_apart() throws Exception {
        serve();
        assertThat(json("/api/status").get("running").isNull()).isTrue();
        assertThat(json("/api/status").get("next")).hasSize(4);

        Run run = sample.running(250, Optional.of(1000L));
        try (RunLock lock = RunLock.take(sample.state(), "backup")) {
            assertThat(lock).isNotNull();
            JsonNode status = json("/api/status");
            assertThat(status.get("running").get("id").asText()).isEqualTo(run.id());
            assertThat(status.get("progress").get("bytesDone").asLong()).isEqualTo(250);
            assertThat(status.get("interrupted")).isEmpty();
        }
        JsonNode status = json("/api/status");
        assertThat(status.get("running").isNull()).isTrue();
        assertThat(status.get("interrupted").get(0).asText()).isEqualTo(run.id());
    }

    @Test
    void what_could_not_be_told_is_said_with_how_much_waits() throws Exception {
        sample.with("dolmen.notify.to", "https://hooks.example.org/hidden");
        String place = "dolmen.notify.to https://hooks.example.org";
        new Outbox(sample.state(), Clock.systemUTC()).keep(place, new Notice(Map.of()));
        new NoticeRecords(sample.state()).replace(state -> state.sent(place, Optional.of("could not tell it")));
        serve();
        assertThat(json("/api/status").get("untold"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("could not tell it (1 waits)");
    }

    @Test
    void a_broken_progress_file_is_no_progress() throws Exception {
        serve();
        sample.running(1, Optional.empty());
        try (RunLock lock = RunLock.take(sample.state(), "backup")) {
            assertThat(lock).isNotNull();
            assertThat(json("/api/status").get("progress").get("bytesTotal").isNull())
                    .isTrue();
            Files.writeString(sample.state().resolve("progress.json"), "{\"run\":");
            assertThat(json("/api/status").get("progress").isNull()).isTrue();
        }
    }

    @Test
    void health_fails_when_the_newest_verified_backup_is_too_old_and_only_then() throws Exception {
        serve();
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(json("/health").get("backup").get("fresh").asBoolean()).isTrue();
        served.close();

        sample.with("dolmen.freshness.limit", "4h");
        serve();
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(json("/health").get("up").asBoolean()).isTrue();
        served.close();

        sample.with("dolmen.freshness.limit", "off");
        serve();
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(json("/health").get("backup").get("fresh").isNull()).isTrue();
    }

    @Test
    void without_any_backup_health_fails() throws Exception {
        sample = new SampleState(home.resolve("empty"));
        serve();
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/metrics").body())
                .doesNotContain("dolmen_backup_age_seconds")
                .contains("dolmen_backup_fresh 0.0");
    }

    @Test
    void metrics_are_prometheus_text_with_help_and_type_for_each() throws Exception {
        sample.failure("cannot reach postgres", "Is it up?");
        serve();
        HttpResponse<String> answer = get("/metrics");
        assertThat(header(answer, "Content-Type")).startsWith("text/plain; version=0.0.4");
        List<String> lines = answer.body().lines().toList();
        for (String line : lines) {
            assertThat(line)
                    .matches("# (HELP|TYPE) dolmen_[a-z_]+ .+|dolmen_[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? [-+0-9.E]+");
        }
        lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .forEach(name -> assertThat(lines)
                        .anyMatch(line -> line.startsWith("# TYPE " + name + " "))
                        .anyMatch(line -> line.startsWith("# HELP " + name + " ")));
        assertThat(lines)
                .contains(
                        "dolmen_runs_total{operation=\"backup\",outcome=\"ok\"} 3.0",
                        "dolmen_runs_total{operation=\"backup\",outcome=\"failed\"} 1.0",
                        "dolmen_step_retries_total{operation=\"backup\"} 3.0",
                        "dolmen_last_run_success{operation=\"backup\"} 0.0",
                        "dolmen_dead_letters 1.0",
                        "dolmen_backups 3.0",
                        "dolmen_backup_fresh 1.0")
                .anyMatch(line -> line.matches("dolmen_backup_age_seconds 1[78]\\d{3}\\.0"))
                .anyMatch(line -> line.startsWith("dolmen_last_success_timestamp_seconds{operation=\"backup\"} "))
                .anyMatch(line -> line.startsWith("dolmen_backup_size_bytes "));
    }

    @Test
    @Tag("SE-02")
    void no_answer_holds_a_secret() throws Exception {
        sample.with("dolmen.http.user", "ops");
        List<String> secrets = List.of(
                "dolmen.http.password",
                "dolmen.http.token",
                "dolmen.druid.password",
                "dolmen.metadata.password",
                "dolmen.storage.secret-key");
        secrets.forEach(key -> sample.with(key, "Hidden-" + key.hashCode()));
        sample.with("dolmen.storage.access-key", "known");
        sample.with("dolmen.copy.to", "sftp:ops@nas/x?password=Hidden-copy");
        String run = sample.failure("cannot reach postgres", "Is it up?");
        serve();
        String token = "Bearer Hidden-" + "dolmen.http.token".hashCode();
        for (String path : List.of(
                "/",
                "/health",
                "/metrics",
                "/api/status",
                "/api/backups",
                "/api/runs",
                "/api/runs/" + run,
                "/api/dead-letters",
                "/nothing")) {
            HttpResponse<String> answer = send(request(path).header("Authorization", token));
            assertThat(answer.statusCode()).isIn(200, 404);
            assertThat(answer.body() + answer.headers().map()).doesNotContain("Hidden");
            assertThat(get(path).body()).doesNotContain("Hidden");
        }
    }

    @Test
    void with_credentials_nothing_is_answered_without_them() throws Exception {
        sample.with("dolmen.http.user", "ops")
                .with("dolmen.http.password", "pa:ss wörd")
                .with("dolmen.http.token", "t0ken");
        String run = sample.failure("cannot reach postgres", "Is it up?");
        serve();
        for (String path : List.of("/", "/health", "/metrics", "/api/status", "/page.js")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path + "?authorization=Bearer%20t0ken&Authorization=Bearer%20t0ken")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(header(get("/"), "WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(send(retry(run).header("X-Dolmen", "1")).statusCode()).isEqualTo(401);
        for (String wrong :
                List.of("Bearer t0ke", "Bearer t0ken1", basic("ops:pa:ss"), basic("op:pa:ss wörd"), "Bearer ")) {
            assertThat(send(request("/").header("Authorization", wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        for (String right : List.of("Bearer t0ken", basic("ops:pa:ss wörd"))) {
            assertThat(send(request("/").header("Authorization", right)).statusCode())
                    .as(right)
                    .isEqualTo(200);
        }
    }

    @Test
    void without_credentials_only_names_of_this_machine_are_answered() throws Exception {
        serve();
        assertThat(statusFor("127.0.0.1:1")).contains(" 200 ");
        assertThat(statusFor("localhost")).contains(" 200 ");
        assertThat(statusFor("[::1]:8181")).contains(" 200 ");
        assertThat(statusFor("rebound.example:8181")).contains(" 403 ");
        assertThat(statusFor("localhost.example")).contains(" 403 ");
        assertThat(statusFor("127.0.0.1.example")).contains(" 403 ");
    }

    @Test
    void a_retry_from_another_site_is_refused() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        serve();
        String own = sample.address();
        assertThat(send(retry(run)).statusCode()).isEqualTo(403);
        assertThat(send(retry(run).header("Origin", own)).statusCode()).isEqualTo(403);
        for (String site :
                List.of("http://evil.example", "null", own + ".evil.example", own.replaceAll("\\d+$", "1"))) {
            assertThat(send(retry(run).header("X-Dolmen", "1").header("Origin", site))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(send(retry(run).header("X-Dolmen", "1").header("Sec-Fetch-Site", site))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(send(request("/api/dead-letters/" + run + "/retry?X-Dolmen=1&x-dolmen=1")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("X-Dolmen=1&x-dolmen=1")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/api/dead-letters/" + run + "/retry").statusCode()).isEqualTo(404);
        assertThat(send(request("/api/dead-letters/" + run + "/retry").method("OPTIONS", BodyPublishers.noBody()))
                        .headers()
                        .map())
                .doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
        assertThat(asked).isEmpty();
    }

    @Test
    void a_retry_from_the_page_runs_beside_and_its_dead_letter_goes_when_it_succeeds() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        serve();
        HttpResponse<String> answer = send(retry(run)
                .header("X-Dolmen", "1")
                .header("Origin", sample.address())
                .header("Sec-Fetch-Site", "same-origin"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(send(retry(run).header("X-Dolmen", "1")).statusCode())
                .as("twice at once")
                .isEqualTo(409);
        mayEnd.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> sample.letters.list().isEmpty());
        assertThat(asked).singleElement().extracting(RunRequest::origin).isEqualTo(Origin.RETRY);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> send(retry(run).header("X-Dolmen", "1")).statusCode() == 404);
    }

    @Test
    void a_retry_that_fails_keeps_its_dead_letter_and_says_why() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        failure = Optional.of(new Failed("the disk is full", "Make room."));
        serve();
        mayEnd.countDown();
        assertThat(send(retry(run).header("X-Dolmen", "1")).statusCode()).isEqualTo(202);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        json("/api/dead-letters").get(0).get("retried").asText().contains("disk is full"));
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> send(retry(run).header("X-Dolmen", "1")).statusCode() == 202);
    }

    @Test
    void a_retry_is_refused_while_a_run_goes_on() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        serve();
        try (RunLock lock = RunLock.take(sample.state(), "restore since now")) {
            assertThat(lock).isNotNull();
            HttpResponse<String> answer = send(retry(run).header("X-Dolmen", "1"));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("restore since now");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void what_is_unknown_or_takes_no_such_method_is_refused() throws Exception {
        serve();
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(send(retry("20200101-000000-000-backup").header("X-Dolmen", "1"))
                        .statusCode())
                .isEqualTo(404);
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(send(request("/api/status").header("X-Dolmen", "1").method(method, BodyPublishers.noBody()))
                            .statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void a_damaged_journal_is_told_and_not_hidden() throws Exception {
        String run = sample.failure("cannot reach postgres", "Is it up?");
        Files.writeString(sample.state().resolve("runs").resolve(run).resolve("report.json"), "{");
        serve();
        assertThat(get("/api/runs").statusCode()).isEqualTo(500);
        assertThat(json("/api/runs").get("failure").asText()).contains(run);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private void serve() {
        served = new ServedPage(sample.settings(), request -> {
            asked.add(request);
            try {
                mayEnd.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            Run run = Run.begin(request, Instant.now());
            return failure.map(why -> Report.failure(run, "begin-backup", why, Instant.now()))
                    .orElseGet(() -> Report.success(run, "done", List.of(), Instant.now()));
        });
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sample.address() + path)).timeout(LIMIT);
    }

    private HttpRequest.Builder retry(String run) {
        return request("/api/dead-letters/" + run + "/retry").POST(BodyPublishers.noBody());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private JsonNode json(String path) throws Exception {
        return Json.MAPPER.readTree(get(path).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The status line for a request to a host of this name, as a browser would send it after the name was led here. */
    private String statusFor(String host) throws Exception {
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

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
