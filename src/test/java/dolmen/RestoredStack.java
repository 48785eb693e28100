package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.Consent;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.RunRequest;
import dolmen.restore.PlainStack;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real database and folder after a verified restore that can be undone. */
abstract class RestoredStack {
    static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    PlainStack stack;
    RunJournal journal;
    SafetyCopies copies;
    Run restored;
    Application dolmen;

    @BeforeEach
    void a_verified_restore() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        copies = new SafetyCopies(home.resolve("state"), 2);
        Path dump = Files.createDirectories(home.resolve("backup")).resolve(Artifact.METADATA_DUMP);
        DumpSummary summary = stack.metadata.dump(dump, warning -> {}, Meter.NONE);
        stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Files.writeString(stack.shared.resolve("segments/before"), "before");
        restored = Run.begin(Restoring.newest().withoutMetabase().request(), Instant.parse("2026-11-24T02:00:00Z"));
        RunMark mark = restored.mark();
        stack.storage.placement(mark).stage(TarFile.of(ARCHIVE), 0, Meter.NONE);
        stack.metadata.load(mark, dump, summary, Meter.NONE);
        stack.storage.placement(mark).swapIn();
        stack.metadata.swap(mark);
        journal.begin(restored);
        journal.end(Report.success(restored, "restored", List.of(), Instant.now()));
        copies.add(mark);
        dolmen = new Application(stack.application(), Map.of());
        dolmen.start();
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    static RunRequest undo(String run) {
        return Requests.undo(run, new Consent(true, false));
    }

    void assertRestored() {
        assertThat(wiki()).isEqualTo("4");
        assertThat(stack.shared.resolve("segments/before")).doesNotExist();
    }

    void assertUndone() throws Exception {
        assertThat(wiki()).isEqualTo("0");
        assertThat(Tool.ok(stack.shared, "ls -A . segments").lines())
                .containsExactly(".:", "segments", "", "segments:", "before");
        assertThat(stack.metadata.leftovers()).noneMatch(name -> name.startsWith(stack.database + "_"));
        assertThat(copies.list()).isEmpty();
        assertThat(stack.host.find("historical").orElseThrow().running()).isTrue();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isTrue();
    }

    String wiki() {
        return stack.postgres.query(stack.database, "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'");
    }
}
