package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines ask that watch over Dolmen. */
class HealthAndMetricsTest {
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
    void health_fails_when_the_newest_verified_backup_is_too_old_and_only_then() throws Exception {
        page.serve();
        assertThat(page.get("/health").statusCode()).isEqualTo(200);
        assertThat(page.json("/health").get("backup").get("fresh").asBoolean()).isTrue();

        page.sample.with("dolmen.freshness.limit", "4h");
        page.serve();
        assertThat(page.get("/health").statusCode()).isEqualTo(503);
        assertThat(page.json("/health").get("up").asBoolean()).isTrue();

        page.sample.with("dolmen.freshness.limit", "off");
        page.serve();
        assertThat(page.get("/health").statusCode()).isEqualTo(200);
        assertThat(page.json("/health").get("backup").get("fresh").isNull()).isTrue();
    }

    @Test
    void without_any_backup_health_fails() throws Exception {
        page = new ServedSample(new SampleState(home.resolve("empty")));
        page.serve();
        assertThat(page.get("/health").statusCode()).isEqualTo(503);
        assertThat(page.get("/metrics").body())
                .doesNotContain("dolmen_backup_age_seconds")
                .contains("dolmen_backup_fresh 0.0");
    }

    @Test
    void metrics_are_prometheus_text_with_help_and_type_for_each() throws Exception {
        page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        HttpResponse<String> answer = page.get("/metrics");
        assertThat(ServedSample.header(answer, "Content-Type")).startsWith("text/plain; version=0.0.4");
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
}
