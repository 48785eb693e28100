package dolmen.catalog;

import static dolmen.catalog.StreamedBackups.FIRST;
import static dolmen.catalog.StreamedBackups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental backups of which nothing lies on this machine. */
class BucketIncrementTest {
    @TempDir
    Path folder;

    private StreamedBackups backups;

    @BeforeEach
    void a_bucket_and_a_shared_folder() throws Exception {
        backups = new StreamedBackups(folder);
    }

    @AfterEach
    void ends() {
        backups.close();
    }

    @Test
    void an_incremental_backup_builds_on_the_newest_one_of_the_bucket_and_is_restored_with_what_it_needs()
            throws Exception {
        assertThat(backups.place.base(RealBucket.STACK, Meter.NONE).base()).isEmpty();
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        backups.segment("b", 3);
        Backup base = backups.place.base(RealBucket.STACK, Meter.NONE).base().orElseThrow();

        BackupRun made = backups.made(backups.place, SECOND, Optional.of(base));
        backups.place.publish(made, Meter.NONE);

        assertThat(made.segments().orElseThrow().files()).isEqualTo(1);
        assertThat(made.segments().orElseThrow().archives()).containsOnlyKeys(FIRST, SECOND);
        assertThat(Tool.ok(backups.state, "find . -type f ! -path './read-back/*' -printf '%f\\n'"))
                .isEqualTo("manifest.json\nmanifest.json\n");
        Catalog empty = backups.fetched(SECOND);
        assertThat(empty.folder().resolve(FIRST.text()).resolve(Artifact.SEGMENT_ARCHIVE))
                .isRegularFile();
        assertThat(new LastGood(backups.catalog, backups.records, AnyStack.OWN)
                        .find()
                        .orElseThrow()
                        .manifest()
                        .label())
                .isEqualTo(SECOND);
    }

    @Test
    void without_the_archive_or_the_index_that_it_needs_a_backup_is_full_and_says_why() throws Exception {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        Tool.ok(folder, "printf x >> s3/backups/stack/" + FIRST + "/segments.jsonl.gz");
        Found damaged = backups.place.base(RealBucket.STACK, Meter.NONE);
        assertThat(damaged.base()).isEmpty();
        assertThat(damaged.whyNot()).contains("no good backup");

        backups.place.publish(backups.full(SECOND), Meter.NONE);
        backups.store.delete("stack/" + SECOND + "/druid_shared.tar");
        Found lacking = backups.place.base(RealBucket.STACK, Meter.NONE);
        assertThat(lacking.base()).isEmpty();
        assertThat(lacking.whyNot()).contains("needs the archive of " + SECOND);
    }

    @Test
    void an_archive_that_went_meanwhile_keeps_the_backup_that_needs_it_from_counting() throws Exception {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        backups.segment("b", 3);
        BackupRun made = backups.made(
                backups.place,
                SECOND,
                backups.place.base(RealBucket.STACK, Meter.NONE).base());
        backups.store.delete("stack/" + FIRST + "/druid_shared.tar");

        assertThatThrownBy(() -> backups.place.publish(made, Meter.NONE))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("lacks");
        assertThat(backups.remote.labels()).containsExactly(FIRST);
    }

    @Test
    void pruning_the_bucket_keeps_the_archive_that_a_kept_backup_needs() throws Exception {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        backups.segment("b", 3);
        backups.place.publish(
                backups.made(
                        backups.place,
                        SECOND,
                        backups.place.base(RealBucket.STACK, Meter.NONE).base()),
                Meter.NONE);
        Pruning pruning = backups.pruning(backups.store);

        pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of()));

        assertThat(backups.remote.labels()).containsExactly(SECOND);
        backups.fetched(SECOND);
    }
}
