package dolmen.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarExtractor;
import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.catalog.Manifests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Coverage;
import dolmen.model.Examination;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Road;
import dolmen.model.SegmentArchive;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.UsedSegments;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an incremental archive holds and what of it can be put together again; the folder is a real one of Druid's. */
class IncrementTest {
    private static final Label FULL = new Label("20261122-020000");
    private static final Label NEXT = new Label("20261123-020000");
    private static final UsedSegments USED = Fixture.dump("script-backup");
    private static final String NEW = "segments/wiki";

    @TempDir
    Path folder;

    private Path catalog;
    private Path shared;
    private FakeHost host;

    @BeforeEach
    void a_stack() throws Exception {
        host = new FakeHost(Files.createDirectory(folder.resolve("root")));
        catalog = Files.createDirectory(folder.resolve("catalog"));
        shared = Files.createDirectories(host.root.resolve("opt/shared"));
        Tool.ok(host.root, "tar -xpf " + Fixture.SCRIPT_TAR.toAbsolutePath());
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void every_road_packs_only_what_no_archive_holds_and_both_archives_together_hold_all(Road road) throws Exception {
        Backup base = fullWithout(NEW);

        Backup backup = incremental(volume(road), base);

        SegmentArchive made = archive(backup);
        assertThat(made.files()).isPositive().isEqualTo(filesIn(NEW));
        Path tar = backup.folder().resolve(Artifact.SEGMENT_ARCHIVE);
        assertThat(Tool.ok(catalog, "tar -tf " + tar + " | grep -v '/$'").lines())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("opt/shared/" + NEW + "/"));
        assertThat(made.archives()).containsOnlyKeys(FULL, NEXT);
        assertThat(made.held()).isEqualTo(filesIn("segments"));
        assertThat(coverage(backup).complete()).isTrue();
        Path out = folder.resolve("out");
        TarExtractor.extract(BackupTar.of(examined(backup)), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r --exclude=intermediate_pushes out/segments root/opt/shared/segments"))
                .isEmpty();
        assertThat(Tool.ok(folder, "cd out/segments && find . -type f -printf '%p %m %T@\\n' | sort"))
                .isEqualTo(Tool.ok(shared, "cd segments && find . -type f -printf '%p %m %T@\\n' | sort"));
    }

    @Test
    void nothing_of_the_shared_folder_is_read_when_nothing_is_new() throws Exception {
        Backup base = full(volume(Road.MOUNT));
        SegmentVolume volume = volume(Road.API);
        host.remote = true;
        host.scripts.clear();

        Backup backup = incremental(volume, base);

        assertThat(host.scripts).isEmpty();
        assertThat(archive(backup).road()).isEmpty();
        assertThat(archive(backup).files()).isZero();
        assertThat(archive(backup).archives()).containsOnlyKeys(FULL);
        assertThat(coverage(backup).complete()).isTrue();
        assertThat(Tool.ok(catalog, "tar -tf " + backup.folder().resolve(Artifact.SEGMENT_ARCHIVE)))
                .isEmpty();
    }

    @Test
    void an_incremental_one_on_an_incremental_one_refers_to_the_archives_of_all() throws Exception {
        Backup first = fullWithout(NEW);
        Backup second = incremental(volume(Road.MOUNT), first);
        Label third = new Label("20261124-020000");

        Backup last = incremental(volume(Road.MOUNT), second, third);

        assertThat(archive(last).archives())
                .containsOnlyKeys(FULL, NEXT)
                .isEqualTo(archive(second).archives());
        assertThat(coverage(last).complete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void a_segment_that_is_nowhere_is_told_by_comparing(Road road) throws Exception {
        Backup base = fullWithout(NEW);
        Tool.ok(shared, "find " + NEW + " -mindepth 1 -maxdepth 1 | sort | head -1 | xargs rm -r");

        Backup backup = incremental(volume(road), base);

        assertThat(coverage(backup).complete()).isFalse();
        assertThat(coverage(backup).missing()).isNotEmpty().allMatch(id -> id.startsWith("wiki_"));
    }

    @Test
    void a_segment_of_which_a_file_is_missing_in_the_base_is_packed_whole() throws Exception {
        Path smoosh = Path.of(Tool.ok(shared, "find $PWD/" + NEW + " -name '00000.smoosh' | sort | head -1")
                .strip());
        Files.move(smoosh, folder.resolve("aside"));
        Backup base = full(volume(Road.MOUNT));
        Files.move(folder.resolve("aside"), smoosh);

        Backup backup = incremental(volume(Road.MOUNT), base);

        assertThat(archive(backup).files())
                .isEqualTo(filesIn(shared.relativize(smoosh.getParent()).toString()));
        assertThat(coverage(backup).complete()).isTrue();
    }

    @Test
    void a_file_that_changed_in_the_archive_of_another_backup_is_found_by_reading_deep() throws Exception {
        Backup backup = incremental(volume(Road.MOUNT), fullWithout(NEW));
        Path archive = catalog.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE);
        byte[] bytes = Files.readAllBytes(archive);
        MemberIndex.read(backup.folder().resolve(Artifact.SEGMENT_INDEX), member -> {
            if (member.label().equals(FULL)) {
                bytes[(int) member.offset()] ^= 1;
            }
        });
        assertThatCode(() -> ReferredFiles.check(examined(backup))).doesNotThrowAnyException();
        Files.write(archive, bytes);

        Examination written = Examination.written(backup.folder(), catalog, Optional.of(backup.manifest()));
        assertThatCode(() -> ReferredFiles.check(written)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ReferredFiles.check(examined(backup)))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(archive.toString());
        assertThatThrownBy(() -> TarExtractor.extract(
                        BackupTar.of(examined(backup)), folder.resolve("out"), new Unpacking("opt/shared", 1 << 30)))
                .isInstanceOf(Damaged.class);
    }

    @Test
    void an_archive_that_is_gone_or_cut_is_found_without_reading() throws Exception {
        Backup backup = incremental(volume(Road.MOUNT), fullWithout(NEW));
        Examination written = Examination.written(backup.folder(), catalog, Optional.of(backup.manifest()));
        Path archive = catalog.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE);
        Tool.ok(catalog, "truncate -s -512 " + archive);

        assertThatThrownBy(() -> ReferredFiles.check(written))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("needs the archive of backup " + FULL);
        Files.delete(archive);
        assertThatThrownBy(() -> ReferredFiles.check(written)).isInstanceOf(Damaged.class);
    }

    @Test
    void an_index_that_lists_less_or_more_than_the_manifest_counts_is_found() throws Exception {
        Backup backup = incremental(volume(Road.MOUNT), fullWithout(NEW));
        Path index = backup.folder().resolve(Artifact.SEGMENT_INDEX);
        Tool.ok(folder, "zcat " + index + " | tail -n +2 | gzip > less.gz");
        Files.move(folder.resolve("less.gz"), index, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> ReferredFiles.check(examined(backup)))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("differ about the archives");
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void the_files_of_one_datasource_come_from_two_archives_and_nothing_else_changes(Road road) throws Exception {
        String lost = Tool.ok(shared, "ls -d " + NEW + "/* | head -1").strip();
        Backup backup = incremental(volume(Road.MOUNT), fullWithout(lost));
        Tool.ok(shared, "cp -a . ../before; find " + NEW + " -name '00000.smoosh' | head -1 | xargs truncate -s 3");
        Tool.ok(shared, "rm -r " + lost + "; echo later > segments/clicks/later; echo later > " + NEW + "/later");
        SegmentVolume reached = volume(road);
        UsedSegments wiki = consumer -> USED.forEach(segment -> {
            if (segment.datasource().equals("wiki")) {
                consumer.accept(segment);
            }
        });

        DatasourceFiles files =
                DatasourceFiles.select(examined(backup), wiki, "/opt/shared", folder.resolve("wanted.jsonl.gz"));
        SegmentRestore restore = new SegmentRestore(
                host, new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of()));
        restore.add(files.tar(examined(backup)), "20261124-020000-restore");

        assertThat(reached).isNotNull();
        assertThat(files.files()).isEqualTo(filesIn(NEW) - 1);
        assertThat(Tool.ok(shared, "diff -r . ../before || true").lines())
                .containsExactlyInAnyOrder("Only in ./segments/clicks: later", "Only in ./" + NEW + ": later");
        assertThat(restore.state("20261124-020000-restore")).isEqualTo(SwapState.ABSENT);
    }

    private final java.util.Map<Label, SegmentArchive> archives = new java.util.TreeMap<>();

    private SegmentArchive archive(Backup backup) {
        return archives.get(backup.manifest().label());
    }

    private Backup fullWithout(String path) throws Exception {
        Tool.ok(folder, "mv root/opt/shared/" + path + " aside");
        Backup backup = full(volume(Road.MOUNT));
        Tool.ok(folder, "mv aside root/opt/shared/" + path);
        return backup;
    }

    private Backup full(SegmentVolume volume) throws Exception {
        Path home = Files.createDirectory(catalog.resolve(FULL.text()));
        return backup(home, FULL, Kind.FULL, volume.archive(home, FULL));
    }

    private Backup incremental(SegmentVolume volume, Backup base) throws Exception {
        return incremental(volume, base, NEXT);
    }

    private Backup incremental(SegmentVolume volume, Backup base, Label label) throws Exception {
        Path home = Files.createDirectory(catalog.resolve(label.text()));
        return backup(
                home,
                label,
                Kind.INCREMENTAL,
                volume.archiveNew(home, label, TarTarget.of(home.resolve(Artifact.SEGMENT_ARCHIVE)), USED, base));
    }

    private Backup backup(Path home, Label label, Kind kind, VolumeArchive made) {
        SegmentArchive archive = made.archive();
        archives.put(label, archive);
        Manifest manifest = Manifests.of(label, kind, List.of(archive.tar(), archive.index()), archive.archives());
        return new Backup(home, manifest);
    }

    private Examination examined(Backup backup) {
        return Examination.begin(backup.folder(), Optional.of(backup.manifest()))
                .withArchive("opt/shared", coverage(backup), 0, 0);
    }

    private static Coverage coverage(Backup backup) {
        return CoverageCheck.check(
                        USED,
                        "/opt/shared",
                        SegmentFiles.ofIndex(backup.folder().resolve(Artifact.SEGMENT_INDEX)),
                        "opt/shared")
                .coverage();
    }

    private long filesIn(String path) throws Exception {
        return Tool.ok(shared, "find " + path + " -type f").lines().count();
    }

    private SegmentVolume volume(Road road) {
        Path source = road == Road.MOUNT ? shared : Path.of("/of/another/machine");
        host.mounts = List.of(new Mount("/opt/shared", source, Optional.of("stack_shared")));
        host.seesStaging = road == Road.SIDECAR;
        return new SegmentVolume(
                host,
                new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of()),
                folder.resolve("elsewhere"));
    }
}
