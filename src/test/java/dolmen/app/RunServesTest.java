package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.http.SampleState;
import dolmen.model.Origin;
import dolmen.model.StepFailure.Unusable;
import dolmen.runs.RunJournal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole {@code dolmen run}, on a stack that is out of reach. */
@Timeout(180)
class RunServesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void a_port_that_is_taken_is_told_with_what_to_do() throws Exception {
        SampleState sample = new SampleState(home);
        int port = sample.settings().http().port();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                Application dolmen = new Application(sample.settings(), Map.of())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(dolmen::serve).isInstanceOfSatisfying(Unusable.class, failure -> {
                assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
                assertThat(failure.hint()).contains("dolmen.http.port");
            });
        }
    }

    @Test
    void a_retry_from_the_page_is_a_run_like_any_other() throws Exception {
        SampleState sample = new SampleState(home).with("dolmen.retry.attempts", "1");
        String run = sample.failure("cannot reach postgres", "Is it up?");
        Thread serving;
        try (Application dolmen = new Application(sample.settings(), Map.of())) {
            serving = new Thread(() -> assertThat(dolmen).satisfies(Application::serve), "dolmen run");
            serving.start();
            HttpRequest retry = HttpRequest.newBuilder(
                            URI.create(sample.address() + "/api/dead-letters/" + run + "/retry"))
                    .header("X-Dolmen", "1")
                    .POST(BodyPublishers.noBody())
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> client.send(retry, BodyHandlers.discarding()).statusCode() == 202);
            RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> journal.reports().stream()
                            .anyMatch(report -> report.run().request().origin() == Origin.RETRY));
        }
        serving.join(LIMIT.toMillis());
        assertThat(serving.isAlive()).isFalse();
    }
}
