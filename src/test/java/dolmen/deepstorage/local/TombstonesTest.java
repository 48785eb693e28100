package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.Fixture.segment;
import static dolmen.deepstorage.local.Fixture.used;
import static dolmen.deepstorage.local.IncrementalBackups.USED;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.CoverageReport;
import dolmen.deepstorage.DatasourceFiles;
import dolmen.deepstorage.Orphans;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.SegmentEntry;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tombstones are used segments that have no files: they say that there are no rows, and nothing lacks without files. */
class TombstonesTest {
    private static final SegmentEntry TOMBSTONE = segment("tombstone", "tombstone", "", 1);

    @Test
    @Tag("T15")
    void T15_a_tombstone_is_held_without_files_and_nothing_else_is() {
        UsedSegments both = used(TOMBSTONE, segment("real", "local", "/opt/shared/segments/a/index.zip", 1));

        CoverageReport report = CoverageCheck.check(both, Fixture.PATHS, visitor -> {}, "opt/shared");

        assertThat(report.coverage()).isEqualTo(new Coverage(2, 0, 1, List.of("real"), List.of()));
        assertThat(report.reasons()).containsOnlyKeys("no file is there");
        assertThat(CoverageCheck.check(used(TOMBSTONE), Fixture.PATHS, visitor -> {}, "")
                        .coverage())
                .isEqualTo(new Coverage(1, 0, 1, List.of(), List.of()));
    }

    @Test
    @Tag("T15")
    void T15_an_incremental_backup_looks_for_no_file_of_a_tombstone() {
        CoverageCheck check = CoverageCheck.of(used(TOMBSTONE), Fixture.PATHS, visitor -> {}, "opt/shared");

        assertThat(check.isHeld(TOMBSTONE)).isTrue();
        assertThat(check.lacking(TOMBSTONE)).isEmpty();
        assertThat(Orphans.find(used(TOMBSTONE), Fixture.PATHS, visitor -> visitor.accept("tombstone/x", 1))
                        .files())
                .isZero();
    }

    @Test
    @Tag("T15")
    void T15_a_datasource_with_a_tombstone_or_nothing_else_is_found_in_a_backup(@TempDir Path folder) throws Exception {
        IncrementalBackups backups = new IncrementalBackups(folder);
        Backup backup = backups.full(backups.stack.volume(Transport.MOUNT));
        BackupContents examined = backups.examined(backup);
        UsedSegments more = consumer -> {
            USED.forEach(consumer);
            consumer.accept(TOMBSTONE);
        };

        assertThat(select(examined, more, folder).files())
                .isEqualTo(select(examined, USED, folder).files())
                .isPositive();
        assertThat(select(examined, used(TOMBSTONE), folder).files()).isZero();
    }

    private static DatasourceFiles select(BackupContents backup, UsedSegments wanted, Path folder) {
        return DatasourceFiles.select(backup, wanted, Fixture.PATHS, folder.resolve("wanted.jsonl.gz"));
    }

    @Test
    @Tag("T15")
    void T15_a_segment_that_is_named_may_be_missing_and_no_other() {
        UsedSegments both = used(
                segment("lost", "local", "/opt/shared/segments/a/index.zip", 1),
                segment("lost too", "local", "/opt/shared/segments/b/index.zip", 1));

        Coverage one = CoverageCheck.check(both, Fixture.PATHS, visitor -> {}, "opt/shared", Set.of("lost", "other"))
                .coverage();
        Coverage all = CoverageCheck.check(both, Fixture.PATHS, visitor -> {}, "opt/shared", Set.of("lost", "lost too"))
                .coverage();

        assertThat(one.complete()).isFalse();
        assertThat(one.accepted()).containsExactly("lost");
        assertThat(all.complete()).isTrue();
        assertThat(all.held()).isZero();
    }

    @Test
    @Tag("T15")
    void T15_no_hint_says_that_segments_should_be_marked_as_unused() throws IOException {
        for (String root : List.of("src/main/java", "routes", "docs")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(TombstonesTest::isText).toList()) {
                    assertThat(Files.readString(file).replaceAll("\\s+", " "))
                            .as(file.toString())
                            .doesNotContainPattern("(?i)\\bmarks? (the|these) segments as unused");
                }
            }
        }
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".md");
    }
}
