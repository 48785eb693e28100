package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Notice;
import dolmen.model.Run;
import dolmen.notices.NoticeRecords;
import dolmen.notices.Outbox;
import dolmen.runs.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of backups, of runs and of what goes on. */
class SiteStatusTest {
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
    void the_catalog_the_runs_and_the_dead_letters_are_told() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        Files.createDirectories(home.resolve("backup/20200101-020000"));
        Files.writeString(home.resolve("backup/20200101-020000/manifest.json"), "{}");
        page.serve();

        JsonNode backups = page.json("/api/backups");
        assertThat(backups).hasSize(4);
        assertThat(backups.get(0).get("kind").asText()).isEqualTo("incremental");
        assertThat(backups.get(0).get("bytes").asLong())
                .isGreaterThan(backups.get(0).get("newBytes").asLong());
        assertThat(backups.get(0).get("verdict").asText()).isEqualTo("verified");
        assertThat(backups.get(0).get("places").get(0).asText()).isEqualTo("here");
        assertThat(backups.get(0).get("rows").asLong()).isPositive();
        assertThat(backups.get(3).get("verdict").asText()).isEqualTo("unreadable");

        assertThat(page.json("/api/runs").get(0).get("id").asText()).isEqualTo(run);
        assertThat(page.json("/api/runs").get(0).get("retries").asLong()).isEqualTo(3);
        assertThat(page.json("/api/runs/" + run).get("steps")).hasSize(5);
        assertThat(page.json("/api/runs/" + run).get("hint").asText()).isEqualTo("Is it up?");
        assertThat(page.json("/api/dead-letters").get(0).get("failure").asText())
                .isEqualTo("cannot reach postgres");
        assertThat(page.get("/api/runs/20200101-000000-000-backup").statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_goes_on_is_told_with_its_progress_and_what_a_killed_process_left_is_told_apart() throws Exception {
        page.serve();
        assertThat(page.json("/api/status").get("running").isNull()).isTrue();
        assertThat(page.json("/api/status").get("next")).hasSize(4);

        Run run = page.sample.running(250, Optional.of(1000L));
        try (RunLock lock = RunLock.take(page.sample.state(), "backup")) {
            assertThat(lock).isNotNull();
            JsonNode status = page.json("/api/status");
            assertThat(status.get("running").get("id").asText())
                    .isEqualTo(run.id().text());
            assertThat(status.get("progress").get("bytesDone").asLong()).isEqualTo(250);
            assertThat(status.get("interrupted")).isEmpty();
        }
        JsonNode status = page.json("/api/status");
        assertThat(status.get("running").isNull()).isTrue();
        assertThat(status.get("interrupted").get(0).asText()).isEqualTo(run.id().text());
    }

    @Test
    void what_could_not_be_told_is_said_with_how_much_waits() throws Exception {
        page.sample.with("dolmen.notify.to", "https://hooks.example.org/hidden");
        String place = "dolmen.notify.to https://hooks.example.org";
        new Outbox(page.sample.state(), Clock.systemUTC()).keep(place, new Notice(Map.of()));
        new NoticeRecords(page.sample.state()).replace(state -> state.sent(place, Optional.of("could not tell it")));
        page.serve();
        assertThat(page.json("/api/status").get("untold"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("could not tell it (1 waits)");
    }

    @Test
    void a_broken_progress_file_is_no_progress() throws Exception {
        page.serve();
        page.sample.running(1, Optional.empty());
        try (RunLock lock = RunLock.take(page.sample.state(), "backup")) {
            assertThat(lock).isNotNull();
            assertThat(page.json("/api/status")
                            .get("progress")
                            .get("bytesTotal")
                            .isNull())
                    .isTrue();
            Files.writeString(page.sample.state().resolve("progress.json"), "{\"run\":");
            assertThat(page.json("/api/status").get("progress").isNull()).isTrue();
        }
    }

    @Test
    void a_damaged_journal_is_told_and_not_hidden() throws Exception {
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        Files.writeString(page.sample.state().resolve("runs").resolve(run).resolve("report.json"), "{");
        page.serve();
        assertThat(page.get("/api/runs").statusCode()).isEqualTo(500);
        assertThat(page.json("/api/runs").get("failure").asText()).contains(run);
        assertThat(page.get("/health").statusCode()).isEqualTo(200);
    }
}
