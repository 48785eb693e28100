package verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shared.StepRoute.step;

import dolmen.archive.Digests;
import dolmen.archive.Sums;
import dolmen.archive.Tool;
import dolmen.catalog.Manifests;
import dolmen.deepstorage.local.Fixture;
import dolmen.examination.ArchiveExamination;
import dolmen.examination.CheckFiles;
import dolmen.examination.ReadArchive;
import dolmen.examination.ReadDump;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Checksum;
import dolmen.model.CountingMeter;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shared.StepTemplate;

/** The routes that read a backup before anything is changed, on backups that are not what their manifest says. */
class ExamineBackupTest {
    private static final Path GOOD = Path.of("src/test/resources/backups/script-backup");

    @TempDir
    Path folder;

    private final CamelContext context = new DefaultCamelContext();
    private final CountingMeter dumpMeter = new CountingMeter();
    private final CountingMeter archiveMeter = new CountingMeter();
    private List<Artifact> artifacts;

    @BeforeEach
    void a_backup_and_the_routes() throws Exception {
        for (String name : List.of(Artifact.METADATA_DUMP, Artifact.SEGMENT_ARCHIVE)) {
            Files.copy(GOOD.resolve(name), folder.resolve(name));
        }
        artifacts = new ArrayList<>(List.of(
                Digests.artifact(folder.resolve(Artifact.METADATA_DUMP)),
                Digests.artifact(folder.resolve(Artifact.SEGMENT_ARCHIVE))));
        context.addRoutes(new StepTemplate());
        context.addRoutes(new ExamineBackup((backup, found) -> found.addSuppressed(new IllegalStateException("kept"))));
        context.addRoutes(step("check-files", BackupContents.class, new CheckFiles()));
        ReadDump dump = new ReadDump(new PostgresDumps());
        context.addRoutes(step("read-dump", BackupContents.class, given -> dump.run(given, dumpMeter)));
        ReadArchive archive = new ReadArchive(new ArchiveExamination(Fixture.PATHS, new PostgresDumps()));
        context.addRoutes(step("read-archive", BackupContents.class, given -> archive.run(given, archiveMeter)));
        context.addRoutes(step("read-metabase", BackupContents.class, given -> given));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_backup_that_is_what_its_manifest_says_is_whole() throws Exception {
        assertThat(examine().coverage().orElseThrow().complete()).isTrue();
    }

    @Test
    @Tag("T33")
    void files_in_its_folder_that_are_no_part_of_a_backup_are_named() throws Exception {
        assertThat(examine().notes()).isEmpty();
        Files.writeString(folder.resolve("metabase_data.tar.gz"), "?");
        Files.writeString(folder.resolve("metabase.dump"), "?");

        assertThat(examine().notes())
                .containsExactly(
                        "left out, since no backup has files of such a name: metabase.dump, metabase_data.tar.gz");
    }

    @ParameterizedTest
    @Tag("T15")
    @ValueSource(
            strings = {
                "-C x opt/shared",
                "-C x ./opt/shared",
                "-C x/opt shared",
                "-C x/opt/shared .",
                "-C x/opt/shared segments"
            })
    void T15_the_names_that_tar_programs_write_are_understood(String what) throws Exception {
        Tool.ok(folder, "mkdir x; tar -C x -xf druid_shared.tar; tar -cf druid_shared.tar " + what + "; rm -r x");
        artifacts.set(1, Digests.artifact(folder.resolve(Artifact.SEGMENT_ARCHIVE)));

        assertThat(examine().coverage().orElseThrow().complete()).isTrue();
    }

    @Test
    void what_is_read_was_announced_before_and_is_counted() throws Exception {
        examine();

        long dump = Files.size(folder.resolve(Artifact.METADATA_DUMP));
        long archive = Files.size(folder.resolve(Artifact.SEGMENT_ARCHIVE));
        assertThat(dumpMeter.expected()).isEqualTo(dump);
        assertThat(dumpMeter.done()).isEqualTo(dump);
        assertThat(archiveMeter.expected()).isEqualTo(2 * archive + 2 * dump);
        assertThat(archiveMeter.done()).isEqualTo(2 * archive + 2 * dump);
    }

    @Test
    @Tag("VF-10")
    void a_file_of_another_size_than_the_manifest_says_is_refused_before_it_is_read() throws Exception {
        Tool.ok(folder, "truncate -s 40G druid_shared.tar");

        long begun = System.nanoTime();
        refused("druid_shared.tar", "42949672960 bytes");
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    }

    @Test
    void an_archive_with_more_in_it_than_the_manifest_says_is_refused() throws Exception {
        Tool.ok(folder, "mkdir -p opt/shared; head -c 1M /dev/zero > opt/shared/more; tar -rf druid_shared.tar opt");

        refused("druid_shared.tar", "bytes");
    }

    @Test
    @Tag("TR-06")
    void a_file_that_the_manifest_does_not_name_is_never_restored() throws Exception {
        Files.writeString(folder.resolve(Artifact.METABASE_DUMP), "-- not of this backup\n");

        refused(Artifact.METABASE_DUMP, "not in its manifest");
        Files.delete(folder.resolve(Artifact.METABASE_DUMP));
        artifacts.remove(1);
        refused(Artifact.SEGMENT_ARCHIVE, "not in its manifest");
    }

    private void refused(String... said) {
        assertThatThrownBy(this::examine).cause().isInstanceOf(Damaged.class).hasMessageContainingAll(said);
    }

    private BackupContents examine() throws IOException {
        Manifest manifest = Manifests.of(
                "20261124-020000",
                Manifest.VERIFIED,
                artifacts,
                new PostgresDumps()
                        .read(GOOD.resolve(Artifact.METADATA_DUMP), segment -> {})
                        .rows());
        Path file = folder.resolve(Artifact.MANIFEST);
        Json.MAPPER.writeValue(file.toFile(), manifest);
        Map<String, Checksum> sums = new TreeMap<>(Map.of(Artifact.MANIFEST, Digests.of(file)));
        artifacts.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        Sums.write(folder, sums);
        return context.createProducerTemplate()
                .requestBody(
                        "direct:examine-backup",
                        BackupContents.begin(folder, Optional.of(manifest)),
                        BackupContents.class);
    }
}
