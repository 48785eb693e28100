package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the page says that backups lie. */
class RecordsTest {
    @TempDir
    Path home;

    @Test
    void a_backup_is_told_from_the_catalog_the_bucket_and_both_until_it_has_gone_there() throws Exception {
        SampleState sample =
                new SampleState(home).nights(3, Duration.ofHours(5)).with("dolmen.storage.bucket", "b");
        Settings settings = sample.settings();
        Catalog catalog = new Catalog(settings.paths().catalog());
        List<Label> labels = catalog.labels();
        BucketRecords bucket = new BucketRecords(settings.paths().state(), settings.storage());
        labels.subList(0, 2).forEach(label -> bucket.add(manifest(catalog, label), List.of()));
        SafeFiles.remove(settings.paths().catalog().resolve(labels.get(0).text()));
        Records records = new Records(settings, Clock.systemUTC());

        assertThat(records.backups())
                .extracting(BackupView::label)
                .containsExactly(labels.get(2), labels.get(1), labels.get(0));
        assertThat(records.backups())
                .extracting(BackupView::places)
                .containsExactly(List.of("here"), List.of("here", "bucket"), List.of("bucket"));

        bucket.keepOnly(List.of(labels.get(0)));
        assertThat(records.backups())
                .extracting(BackupView::places)
                .containsExactly(List.of("here"), List.of("here"), List.of("bucket"));

        bucket.remove(labels.get(0));
        assertThat(records.backups()).extracting(BackupView::label).containsExactly(labels.get(2), labels.get(1));
    }

    @Test
    void a_bucket_of_other_settings_has_other_backups() throws Exception {
        SampleState sample =
                new SampleState(home).nights(1, Duration.ofHours(5)).with("dolmen.storage.bucket", "b");
        Settings before = sample.settings();
        Catalog catalog = new Catalog(before.paths().catalog());
        new BucketRecords(before.paths().state(), before.storage())
                .add(manifest(catalog, catalog.labels().get(0)), List.of());

        Settings after = sample.with("dolmen.storage.prefix", "other").settings();

        assertThat(new Records(before, Clock.systemUTC()).backups().get(0).places())
                .containsExactly("here", "bucket");
        assertThat(new Records(after, Clock.systemUTC()).backups().get(0).places())
                .containsExactly("here");
    }

    @Test
    void a_record_that_cannot_be_read_hides_no_other_backup() throws Exception {
        SampleState sample =
                new SampleState(home).nights(2, Duration.ofHours(5)).with("dolmen.storage.bucket", "b");
        Settings settings = sample.settings();
        Catalog catalog = new Catalog(settings.paths().catalog());
        Label oldest = catalog.labels().get(0);
        new BucketRecords(settings.paths().state(), settings.storage()).add(manifest(catalog, oldest), List.of());
        SafeFiles.remove(settings.paths().catalog().resolve(oldest.text()));
        try (var files = Files.walk(settings.paths().state().resolve("in-bucket"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }

        List<BackupView> backups = new Records(settings, Clock.systemUTC()).backups();

        assertThat(backups).hasSize(2);
        assertThat(backups.get(0).verdict()).isEqualTo(Manifest.VERIFIED);
        assertThat(backups.get(1).warnings()).singleElement().asString().contains("cannot read the manifest");
    }

    private static Manifest manifest(Catalog catalog, Label label) {
        return catalog.find(label).manifest();
    }
}
