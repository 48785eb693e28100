package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Origin;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.RunLock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries that are asked for on the page. */
class SiteRetryTest {
    @TempDir
    Path home;

    private ServedSample page;

    @BeforeEach
    void some_nights() throws Exception {
        page = new ServedSample(home);
    }

    @AfterEach
    void ends() {
        page.close();
    }

    @Test
    void a_retry_from_another_site_is_refused() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        String own = page.sample.address();
        assertThat(page.send(page.retry(run)).statusCode()).isEqualTo(403);
        assertThat(page.send(page.retry(run).header("Origin", own)).statusCode())
                .isEqualTo(403);
        for (String site :
                List.of("http://evil.example", "null", own + ".evil.example", own.replaceAll("\\d+$", "1"))) {
            assertThat(page.send(page.retry(run).header("X-Dolmen", "1").header("Origin", site))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        for (String site : List.of("cross-site", "same-site", "none")) {
            assertThat(page.send(page.retry(run).header("X-Dolmen", "1").header("Sec-Fetch-Site", site))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(page.send(page.request("/api/dead-letters/" + run + "/retry?X-Dolmen=1&x-dolmen=1")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("X-Dolmen=1&x-dolmen=1")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(page.get("/api/dead-letters/" + run + "/retry").statusCode()).isEqualTo(404);
        assertThat(page.send(page.request("/api/dead-letters/" + run + "/retry")
                                .method("OPTIONS", BodyPublishers.noBody()))
                        .headers()
                        .map())
                .doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
        assertThat(page.asked).isEmpty();
    }

    @Test
    void a_retry_from_the_page_runs_beside_and_its_dead_letter_goes_when_it_succeeds() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        HttpResponse<String> answer = page.send(page.retry(run)
                .header("X-Dolmen", "1")
                .header("Origin", page.sample.address())
                .header("Sec-Fetch-Site", "same-origin"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(page.send(page.retry(run).header("X-Dolmen", "1")).statusCode())
                .as("twice at once")
                .isEqualTo(409);
        page.mayEnd.countDown();
        Awaitility.await()
                .atMost(ServedSample.LIMIT)
                .until(() -> page.sample.letters.list().isEmpty());
        assertThat(page.asked).singleElement().extracting(RunRequest::origin).isEqualTo(Origin.RETRY);
        Awaitility.await()
                .atMost(ServedSample.LIMIT)
                .until(() -> page.send(page.retry(run).header("X-Dolmen", "1")).statusCode() == 404);
    }

    @Test
    void a_retry_that_fails_keeps_its_dead_letter_and_says_why() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.failure = Optional.of(new Failed("the disk is full", "Make room."));
        page.serve();
        page.mayEnd.countDown();
        assertThat(page.send(page.retry(run).header("X-Dolmen", "1")).statusCode())
                .isEqualTo(202);
        Awaitility.await()
                .atMost(ServedSample.LIMIT)
                .until(() -> page.json("/api/dead-letters")
                        .get(0)
                        .get("retried")
                        .asText()
                        .contains("disk is full"));
        Awaitility.await()
                .atMost(ServedSample.LIMIT)
                .until(() -> page.send(page.retry(run).header("X-Dolmen", "1")).statusCode() == 202);
    }

    @Test
    void a_retry_is_refused_while_a_run_goes_on() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        try (RunLock lock = RunLock.take(page.sample.state(), "restore since now")) {
            assertThat(lock).isNotNull();
            HttpResponse<String> answer = page.send(page.retry(run).header("X-Dolmen", "1"));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("restore since now");
        }
        assertThat(page.asked).isEmpty();
    }
}
