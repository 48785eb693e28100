package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final Instant NIGHT = Instant.parse("2026-11-24T02:00:00.900Z");

    @TempDir
    Path home;

    private Catalog catalog;

    @BeforeEach
    void an_empty_catalog() {
        catalog = new Catalog(home.resolve("backup"));
    }

    @Test
    void a_backup_exists_from_its_publication_on_and_not_before() {
        Path staging = catalog.stage(NIGHT);
        catalog.write(staging, Manifests.of("20261124-020000", Manifest.VERIFIED));
        assertThat(catalog.labels()).isEmpty();
        catalog.publish(staging);
        assertThat(AnyStack.newestGood(catalog).manifest())
                .isEqualTo(Manifests.of("20261124-020000", Manifest.VERIFIED));
    }

    @Test
    @Tag("SC-03")
    void two_backups_that_start_in_the_same_second_have_different_labels() {
        publish("20261124-020000", Manifest.VERIFIED);
        assertThat(catalog.stage(NIGHT).getFileName()).hasToString("20261124-020001");
        assertThat(catalog.stage(NIGHT).getFileName()).hasToString("20261124-020002");
    }

    @Test
    @Tag("VF-10")
    void a_folder_without_a_manifest_is_not_a_backup() throws Exception {
        Files.createDirectories(catalog.folder().resolve("20261124-020000"));
        Files.createDirectories(catalog.folder().resolve("lost+found"));
        assertThat(catalog.list()).isEmpty();
        assertThatThrownBy(() -> AnyStack.newestGood(catalog)).isInstanceOf(NothingToRestore.class);
        assertThatThrownBy(() -> catalog.find(new Label("20261124-020000"))).isInstanceOf(NothingToRestore.class);
    }

    @Test
    @Tag("RT-02")
    void the_newest_good_backup_is_not_a_newer_one_with_another_verdict() {
        publish("20261123-020000", Manifest.VERIFIED);
        publish("20261124-020000", "doubtful");
        assertThat(AnyStack.newestGood(catalog).manifest().label()).hasToString("20261123-020000");
    }

    @Test
    @Tag("VF-10")
    void a_manifest_of_a_newer_format_of_another_backup_or_damaged_is_refused() throws Exception {
        publish("20261124-020000", Manifest.VERIFIED);
        Path file = catalog.folder().resolve("20261124-020000").resolve(Artifact.MANIFEST);
        String text = Files.readString(file);
        for (String wrong : List.of(
                text.replace("\"format\" : 2", "\"format\" : 3"),
                text.replace("20261124-020000", "20261123-020000"),
                text.substring(0, text.length() / 2),
                text.replace("\"kind\"", "\"kindness\""))) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> catalog.find(new Label("20261124-020000"))).isInstanceOf(Damaged.class);
        }
    }

    @Test
    @Tag("RT-04")
    void unfinished_backups_are_removed_and_finished_ones_stay() {
        publish("20261123-020000", Manifest.VERIFIED);
        catalog.stage(NIGHT);
        assertThat(catalog.removeStaging()).containsExactly("20261124-020000");
        assertThat(catalog.removeStaging()).isEmpty();
        assertThat(catalog.labels()).hasSize(1);
    }

    @Test
    @Tag("SE-03")
    void only_the_owner_can_read_what_is_written() throws Exception {
        Path published = publish("20261124-020000", Manifest.VERIFIED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(published)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(published.resolve(Artifact.MANIFEST))))
                .isEqualTo("rw-------");
    }

    @Test
    @Tag("RT-05")
    void without_its_marker_the_catalog_s_disk_is_not_there_and_nothing_is_written_to_it() throws Exception {
        Path folder = Files.createDirectory(home.resolve("mounted-here"));
        Catalog marked = new Catalog(folder, Optional.of(".this-is-the-backup-disk"));

        assertThatThrownBy(() -> marked.stage(NIGHT))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(".this-is-the-backup-disk");
        assertThatThrownBy(() -> AnyStack.newestGood(marked)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> marked.find(new Label("20261124-020000"))).isInstanceOf(Refused.class);
        assertThat(folder).isEmptyDirectory();

        Files.createFile(folder.resolve(".this-is-the-backup-disk"));
        assertThat(marked.stage(NIGHT)).exists();
    }

    @Test
    @Tag("SG-08")
    void names_have_no_colon_and_a_folder_with_one_works() throws Exception {
        catalog = new Catalog(home.resolve("a:b"));
        Path published = publish("20261124-020000", Manifest.VERIFIED);

        assertThat(published.getFileName().toString()).matches("[A-Za-z0-9._-]+");
        assertThat(SafeFiles.list(published))
                .allMatch(file -> file.getFileName().toString().matches("[A-Za-z0-9._-]+"));
        assertThat(AnyStack.newestGood(catalog).folder()).isEqualTo(published);
    }

    @Test
    void the_last_good_backup_is_found_although_a_newer_one_is_damaged() throws Exception {
        publish("20261123-020000", Manifest.VERIFIED);
        Files.writeString(publish("20261124-020000", Manifest.VERIFIED).resolve(Artifact.MANIFEST), "{");

        assertThat(catalog.good().findFirst().orElseThrow().manifest().label()).hasToString("20261123-020000");
        assertThatThrownBy(() -> AnyStack.newestGood(catalog)).isInstanceOf(Damaged.class);
    }

    private Path publish(String label, String verdict) {
        Path staging = catalog.stage(new Label(label).start());
        catalog.write(staging, Manifests.of(label, verdict));
        return catalog.publish(staging);
    }

    @Test
    void a_manifest_from_before_there_were_incremental_backups_is_read() throws Exception {
        Catalog catalog = new Catalog(home);
        Path staging = catalog.stage(java.time.Instant.parse("2026-11-24T02:00:00Z"));
        Manifest manifest = Manifests.of("20261124-020000", Manifest.VERIFIED);
        catalog.write(staging, manifest);
        Path file = staging.resolve(dolmen.model.Artifact.MANIFEST);
        String text = java.nio.file.Files.readString(file);
        String earlier = text.replaceFirst("\\s*\"archives\" : \\{ \\},", "");
        assertThat(earlier).isNotEqualTo(text);
        java.nio.file.Files.writeString(file, earlier);

        assertThat(Catalog.manifestIn(staging)).contains(manifest);
    }
}
