package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.DatasourceRows;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Refused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a single datasource that was restored, and its rows, on a real database and folder. */
@Tag("T3")
class UndoFilesTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private DatasourceRows rows;
    private Run run;
    private Path file;
    private String live;

    @BeforeEach
    void a_datasource_whose_file_differs_from_the_backup_is_restored() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
        rows = stack.metadata.datasources();
        file = Path.of(Tool.ok(stack.shared, "find $PWD/segments/wiki -type f | sort | head -n 1")
                .strip());
        live = "live bytes, ".repeat((int) Files.size(file));
        Files.writeString(file, live);
        Path dump = stack.backup().file(Artifact.METADATA_DUMP);
        RunRequest request = Restoring.newest().only("wiki").request();
        run = Run.begin(request, Instant.now());
        stack.storage.placement(run.mark()).add(TarFile.of(ARCHIVE), 0, Meter.NONE);
        rows.swapIn(dump, request.choice().datasources(), run.mark(), Meter.NONE);
    }

    @Test
    void t3_an_undo_brings_the_live_bytes_back() throws Exception {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("live bytes");

        undo().swapBack(run);
        undo().swapBack(run);

        assertThat(Files.readString(file)).isEqualTo(live);
        assertThat(Tool.ok(stack.shared, "ls -A")).doesNotContain(".dolmen");
    }

    @Test
    void t3_a_rollback_brings_the_live_bytes_back() throws Exception {
        undo().putBack(run);

        assertThat(Files.readString(file)).isEqualTo(live);
    }

    @Test
    void t3_what_was_kept_goes_with_the_safety_copy() throws Exception {
        assertThat(Tool.ok(stack.shared, "ls -A")).contains(".dolmen-kept-" + run.mark());

        undo().drop(run.mark());

        assertThat(Tool.ok(stack.shared, "ls -A")).doesNotContain(".dolmen");
    }

    @Test
    void t3_an_undo_whose_files_a_kill_task_removed_is_refused_and_names_the_segments() throws Exception {
        UndoFiles files = new UndoFiles(rows, stack.storage);
        assertThatCode(() -> files.require(run)).doesNotThrowAnyException();
        Files.delete(file);
        assertThatCode(() -> files.require(run)).as("it was kept").doesNotThrowAnyException();

        Tool.ok(stack.shared, "rm -r \"$(find segments/wiki -type d -name index | sort | tail -n 1)\"");

        assertThatThrownBy(() -> files.require(run))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("whose files are gone")
                .hasMessageContaining("1 of 4 used segments: wiki_");
    }

    @Test
    @Tag("T1")
    void t1_an_undo_is_refused_when_druid_gave_the_id_and_so_the_path_to_another_segment_since() throws Exception {
        UndoFiles files = new UndoFiles(rows, stack.storage);
        stack.postgres.execute(
                stack.database,
                "UPDATE druid_segments SET created_date = '2026-12-01T00:00:00.000Z'"
                        + " WHERE id = (SELECT max(id) FROM druid_segments WHERE datasource = 'wiki')");

        assertThatThrownBy(() -> files.require(run))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("whose files Druid has replaced since")
                .hasMessageContaining("1 of 4 used segments: wiki_");
    }

    private RestoreUndo undo() {
        return new RestoreUndo(stack.metadata, stack.storage, stack.metabase());
    }
}
