package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.IncrementalBackups.NEW;
import static dolmen.deepstorage.local.IncrementalBackups.USED;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.deepstorage.DatasourceFiles;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.SwapState;
import dolmen.model.Backup;
import dolmen.model.Meter;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of one datasource, put together from the archives that hold them. */
class DatasourceFilesTest {
    @TempDir
    Path folder;

    private IncrementalBackups backups;

    @BeforeEach
    void a_stack() throws Exception {
        backups = new IncrementalBackups(folder);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void the_files_of_one_datasource_come_from_two_archives_and_nothing_else_changes(Transport transport)
            throws Exception {
        String lost =
                Tool.ok(backups.stack.shared, "ls -d " + NEW + "/* | head -1").strip();
        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), backups.fullWithout(lost));
        Tool.ok(
                backups.stack.shared,
                "cp -a . ../before; find " + NEW + " -name '00000.smoosh' | head -1 | xargs truncate -s 3");
        Tool.ok(
                backups.stack.shared,
                "rm -r " + lost + "; echo later > segments/clicks/later; echo later > " + NEW + "/later");
        UsedSegments wiki = consumer -> USED.forEach(segment -> {
            if (segment.datasource().equals("wiki")) {
                consumer.accept(segment);
            }
        });

        DatasourceFiles files = DatasourceFiles.select(
                backups.examined(backup), wiki, Fixture.PATHS, folder.resolve("wanted.jsonl.gz"));
        SegmentPlacement restore = backups.stack.restore(transport);
        Staged staged = restore.add(files.tar(backups.examined(backup)), files.bytes(), Meter.NONE);

        assertThat(staged.way()).isEqualTo(transport == Transport.MOUNT ? "mount" : "api");
        assertThat(files.files()).isEqualTo(backups.filesIn(NEW) - 1);
        assertThat(Tool.ok(backups.stack.shared, "diff -r . ../before || true").lines())
                .containsExactlyInAnyOrder(
                        "Only in .: .dolmen-kept-20261124-020000-restore",
                        "Only in ./segments/clicks: later",
                        "Only in ./" + NEW + ": later");
        assertThat(Tool.ok(backups.stack.shared, "find .dolmen-kept-* -type f -size 3c")
                        .lines())
                .hasSize(1);
        assertThat(restore.state()).isEqualTo(SwapState.ABSENT);
    }
}
