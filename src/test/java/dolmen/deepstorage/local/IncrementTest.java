package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.IncrementalBackups.FULL;
import static dolmen.deepstorage.local.IncrementalBackups.NEW;
import static dolmen.deepstorage.local.IncrementalBackups.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.TarExtractor;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.BaseSegments;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an incremental archive holds, by every transport; the folder is a real one of Druid's. */
class IncrementTest {
    @TempDir
    Path folder;

    private IncrementalBackups backups;

    @BeforeEach
    void a_stack() throws Exception {
        backups = new IncrementalBackups(folder);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void every_road_packs_only_what_no_archive_holds_and_both_archives_together_hold_all(Transport transport)
            throws Exception {
        Backup base = backups.fullWithout(NEW);

        Backup backup = backups.incremental(backups.stack.volume(transport), base);

        SegmentArchive made = backups.archive(backup);
        assertThat(made.transport()).contains(transport);
        assertThat(made.files()).isPositive().isEqualTo(backups.filesIn(NEW));
        Path tar = backup.folder().resolve(Artifact.SEGMENT_ARCHIVE);
        assertThat(Tool.ok(backups.stack.catalog, "tar -tf " + tar + " | grep -v '/$'")
                        .lines())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("opt/shared/" + NEW + "/"));
        assertThat(made.archives()).containsOnlyKeys(FULL, NEXT);
        assertThat(made.held()).isEqualTo(backups.filesIn("segments"));
        assertThat(backups.coverage(backup).complete()).isTrue();
        Path out = folder.resolve("out");
        TarExtractor.extract(BackupTar.of(backups.examined(backup)), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r --exclude=intermediate_pushes out/segments root/opt/shared/segments"))
                .isEmpty();
        assertThat(Tool.ok(folder, "cd out/segments && find . -type f -printf '%p %m %T@\\n' | sort"))
                .isEqualTo(
                        Tool.ok(backups.stack.shared, "cd segments && find . -type f -printf '%p %m %T@\\n' | sort"));
    }

    @Test
    void nothing_of_the_shared_folder_is_read_when_nothing_is_new() throws Exception {
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));
        LocalDeepStorage volume = backups.stack.volume(Transport.API);
        backups.stack.historical.remote = true;
        backups.stack.historical.host.scriptsRun.clear();

        Backup backup = backups.incremental(volume, base);

        assertThat(backups.stack.historical.host.scriptsRun).isEmpty();
        assertThat(backups.archive(backup).transport()).isEmpty();
        assertThat(backups.archive(backup).files()).isZero();
        assertThat(backups.archive(backup).archives()).containsOnlyKeys(FULL);
        assertThat(backups.coverage(backup).complete()).isTrue();
        assertThat(Tool.ok(backups.stack.catalog, "tar -tf " + backup.folder().resolve(Artifact.SEGMENT_ARCHIVE)))
                .isEmpty();
    }

    @Test
    @Tag("T1")
    void a_segment_with_the_id_the_path_and_the_size_of_an_earlier_one_is_packed_anew() throws Exception {
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));
        SegmentEntry again = first("wiki");
        SegmentPrints used = consumer -> IncrementalBackups.SAME.forEach(print -> consumer.accept(
                print.id().equals(again.id())
                        ? new SegmentPrint(
                                print.id(), print.datasource(), print.created(), IncrementalBackups.print("another"))
                        : print));
        Path smoosh = backups.stack.shared.resolve(
                Path.of("/opt/shared").relativize(Path.of(again.path())) + "/00000.smoosh");
        byte[] content = Files.readAllBytes(smoosh);
        content[content.length / 2] ^= 1;
        Files.write(smoosh, content);

        Backup backup = backups.incremental(
                backups.stack.volume(Transport.MOUNT), base, NEXT, BaseSegments.compare(used, IncrementalBackups.SAME));

        String folder = backups.stack.shared.relativize(smoosh.getParent()).toString();
        assertThat(backups.archive(backup).files()).isEqualTo(backups.filesIn(folder));
        assertThat(backups.coverage(backup).complete()).isTrue();
        Path out = this.folder.resolve("out");
        TarExtractor.extract(BackupTar.of(backups.examined(backup)), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Files.readAllBytes(out.resolve(backups.stack.shared.relativize(smoosh))))
                .isEqualTo(content);
    }

    private static SegmentEntry first(String datasource) {
        List<SegmentEntry> found = new ArrayList<>();
        IncrementalBackups.USED.forEach(segment -> {
            if (segment.datasource().equals(datasource)) {
                found.add(segment);
            }
        });
        return found.get(0);
    }

    @Test
    void an_incremental_one_on_an_incremental_one_refers_to_the_archives_of_all() throws Exception {
        Backup first = backups.fullWithout(NEW);
        Backup second = backups.incremental(backups.stack.volume(Transport.MOUNT), first);
        Label third = new Label("20261124-020000");

        Backup last = backups.incremental(backups.stack.volume(Transport.MOUNT), second, third);

        assertThat(backups.archive(last).archives())
                .containsOnlyKeys(FULL, NEXT)
                .isEqualTo(backups.archive(second).archives());
        assertThat(backups.coverage(last).complete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_segment_that_is_nowhere_is_told_by_comparing(Transport transport) throws Exception {
        Backup base = backups.fullWithout(NEW);
        Tool.ok(backups.stack.shared, "find " + NEW + " -mindepth 1 -maxdepth 1 | sort | head -1 | xargs rm -r");

        Backup backup = backups.incremental(backups.stack.volume(transport), base);

        assertThat(backups.coverage(backup).complete()).isFalse();
        assertThat(backups.coverage(backup).missing()).isNotEmpty().allMatch(id -> id.startsWith("wiki_"));
    }

    @Test
    void a_segment_of_which_a_file_is_missing_in_the_base_is_packed_whole() throws Exception {
        Path smoosh =
                Path.of(Tool.ok(backups.stack.shared, "find $PWD/" + NEW + " -name '00000.smoosh' | sort | head -1")
                        .strip());
        Files.move(smoosh, folder.resolve("aside"));
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));
        Files.move(folder.resolve("aside"), smoosh);

        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), base);

        assertThat(backups.archive(backup).files())
                .isEqualTo(backups.filesIn(
                        backups.stack.shared.relativize(smoosh.getParent()).toString()));
        assertThat(backups.coverage(backup).complete()).isTrue();
    }
}
