package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.BackupChoice;
import dolmen.model.Consent;
import dolmen.model.DeadLetter;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Operation;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first Dolmen wrote, word for word, is read by this one. */
class OlderFilesTest {
    private static final Path FIRST =
            Path.of("src/test/resources/first-version").toAbsolutePath();
    private static final RunId RUN = new RunId("20261101-020000-123-restore");

    @TempDir
    Path state;

    @BeforeEach
    void the_state_folder_of_the_first_version() throws Exception {
        Path run = Files.createDirectories(state.resolve("runs").resolve(RUN.text()));
        for (String file : Set.of("run.json", "steps.json", "report.json")) {
            Files.copy(FIRST.resolve(file), run.resolve(file));
        }
    }

    @Test
    void the_journal_of_an_older_run_is_read() {
        RunJournal journal = new RunJournal(state, Clock.systemUTC());

        Run run = journal.run(RUN).orElseThrow();
        assertThat(run.request().operation()).isEqualTo(Operation.RESTORE);
        assertThat(run.request().backup()).isEqualTo(BackupChoice.of(new Label("20261031-020000")));
        assertThat(run.request().choice().ofDatasources()).isFalse();
        assertThat(run.request().options(RestoreOptions.class).consent()).isEqualTo(new Consent(false, false));
        assertThat(journal.steps(RUN)).hasSize(2);
        assertThat(journal.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo(ExitCode.FAILED));
    }

    @Test
    void a_run_that_an_older_version_left_interrupted_is_found() throws Exception {
        Files.delete(state.resolve("runs").resolve(RUN.text()).resolve("report.json"));
        assertThat(new RunJournal(state, Clock.systemUTC()).interrupted())
                .extracting(Run::id)
                .containsExactly(RUN);
    }

    @Test
    void an_older_dead_letter_can_be_repeated() {
        DeadLetter letter = DeadLetters.read(FIRST.resolve("dead-letter.json"));
        assertThat(letter.run().request().retried().backup().label()).contains(new Label("20261031-020000"));
    }

    @Test
    void an_older_manifest_is_read_and_needs_no_archive_of_others() {
        Manifest manifest = Catalog.manifestIn(FIRST).orElseThrow();
        assertThat(manifest.verdict()).isEqualTo(Manifest.VERIFIED);
        assertThat(manifest.archives()).isEmpty();
        assertThat(manifest.refersToOthers()).isFalse();
    }

    /** So that a member that is added without a thought for older files cannot pass unseen. */
    @Test
    void these_files_lack_what_was_added_since() throws Exception {
        Set<String> added = new TreeSet<>();
        Json.MAPPER
                .valueToTree(Catalog.manifestIn(FIRST).orElseThrow())
                .fieldNames()
                .forEachRemaining(added::add);
        Json.MAPPER
                .readTree(FIRST.resolve("manifest.json").toFile())
                .fieldNames()
                .forEachRemaining(added::remove);
        assertThat(added).containsExactly("archives", "layout", "reasons", "transport");
    }
}
