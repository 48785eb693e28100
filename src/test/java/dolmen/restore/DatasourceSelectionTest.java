package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.TarExtractor;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.catalog.Catalog;
import dolmen.catalog.RangeFetch;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The backup of a real Druid in a real server of S3's protocol, with much beside its segments. */
class DatasourceSelectionTest extends BackupInBucket {
    @Test
    void of_a_backup_in_the_bucket_only_the_ranges_of_the_datasource_are_fetched() throws Exception {
        DatasourceSelection selection = selection(new Catalog(folder.resolve("empty")));
        long before = line.answered();

        RestoreRun restore = selection.select(run("wiki"), Meter.NONE);
        CountingMeter meter = new CountingMeter();
        long fetched = selection.fetch(restore, meter);
        assertThat(meter.done()).isEqualTo(fetched);

        long archive = Files.size(catalog.folder().resolve(LABEL.text()).resolve(Artifact.SEGMENT_ARCHIVE));
        assertThat(archive).isGreaterThan(BULK);
        assertThat(fetched).isBetween(restore.source().bytes(), BULK / 8);
        assertThat(RangeFetch.bytes(selected().index(restore.run()))).isEqualTo(fetched);
        assertThat(line.answered() - before).isLessThan(BULK / 4);
        Path out = folder.resolve("out");
        TarExtractor.extract(
                selected().of(restore).tar(restore.source()), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r out/segments/wiki opt/shared/segments/wiki && ls out/segments"))
                .isEqualTo("wiki\n");
        selected().tidy(restore.run());
        assertThat(Tool.ok(folder, "find scratch -type f")).isEmpty();
    }

    @Test
    void of_a_backup_in_the_catalog_nothing_is_fetched() throws Exception {
        DatasourceSelection selection = selection(catalog);
        long before = line.answered();

        RestoreRun restore = selection.select(run("wiki"), Meter.NONE);

        assertThat(selection.fetch(restore, Meter.NONE)).isZero();
        assertThat(line.answered()).isEqualTo(before);
        Path out = folder.resolve("out");
        TarExtractor.extract(
                selected().of(restore).tar(restore.source()), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r out/segments/wiki opt/shared/segments/wiki"))
                .isEmpty();
    }
}
