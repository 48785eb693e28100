package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarExtractor;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.catalog.Catalog;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Selections of datasources that are refused before anything is written. */
class RefusedSelectionTest extends BackupInBucket {
    @Test
    void a_range_that_is_not_what_the_index_says_is_found_before_anything_is_written() throws Exception {
        Path object = folder.resolve("s3/backups/stack/" + LABEL + "/druid_shared.tar");
        long[] offset = new long[1];
        MemberIndex.read(catalog.folder().resolve(LABEL.text()).resolve(Artifact.SEGMENT_INDEX), member -> {
            offset[0] = member.path().contains("/wiki/") ? member.offset() : offset[0];
        });
        Tool.ok(folder, "printf '\\377' | dd of=" + object + " bs=1 seek=" + offset[0] + " conv=notrunc");
        DatasourceSelection selection = selection(new Catalog(folder.resolve("empty")));
        RestoreRun restore = selection.select(run("wiki"), Meter.NONE);
        selection.fetch(restore, Meter.NONE);

        Path out = folder.resolve("out");
        assertThatThrownBy(() -> TarExtractor.extract(
                        selected().of(restore).tar(restore.source()), out, new Unpacking("opt/shared", 1 << 30)))
                .isInstanceOf(Damaged.class);
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void a_datasource_that_the_backup_does_not_have_is_told_with_the_nearest_one() {
        assertThatThrownBy(() -> selection(catalog).select(run("wikki"), Meter.NONE))
                .isInstanceOfSatisfying(
                        NothingToRestore.class,
                        failure -> assertThat(failure.hint()).contains("Is 'wiki' meant?"));
    }

    @Test
    void a_dump_that_changed_and_a_script_s_folder_are_refused() throws Exception {
        RunRequest bare = Restoring.in(SCRIPT).only("wiki").request();
        assertThatThrownBy(() -> selection(catalog).select(Run.begin(bare, Instant.EPOCH), Meter.NONE))
                .isInstanceOf(Refused.class);
        Path dump = catalog.folder().resolve(LABEL.text()).resolve(Artifact.METADATA_DUMP);
        Tool.ok(folder, "printf x >> " + dump);
        assertThatThrownBy(() -> selection(catalog).select(run("wiki"), Meter.NONE))
                .isInstanceOf(Damaged.class);
    }
}
