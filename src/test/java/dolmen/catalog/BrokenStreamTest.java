package dolmen.catalog;

import static dolmen.catalog.StreamedBackups.FIRST;
import static dolmen.catalog.StreamedBackups.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.model.Meter;
import dolmen.model.SegmentArchive;
import dolmen.model.StepFailure;
import dolmen.restore.BreakingTarget;
import dolmen.storage.CutAfter;
import dolmen.storage.S3Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that break on their way to the bucket. */
class BrokenStreamTest {
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
    @Timeout(120)
    void a_line_that_is_cut_is_unavailable_and_the_step_is_repeated_from_its_beginning() throws Exception {
        backups.segment("large", 40 * MIB);
        Path staging = backups.catalog.stage(FIRST.start());
        try (CutAfter cut = new CutAfter(backups.server.endpoint(), 17L * MIB);
                S3Store through = RealBucket.storeAt(cut.address())) {
            BucketPlace line = backups.place(through);
            assertThatThrownBy(() -> backups.archive(staging, line.archive(staging, FIRST)))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        assertThat(backups.store.list("stack/")).isEmpty();
        assertThat(Tool.ok(staging, "ls -A")).isEmpty();

        SegmentArchive archive = backups.archive(staging, backups.place.archive(staging, FIRST));
        backups.place.publish(backups.written(staging, FIRST, Optional.empty(), archive), Meter.NONE);

        assertThat(backups.store.abandon("stack/", Instant.now().plusSeconds(60)))
                .isZero();
        backups.fetchedHasAll(FIRST);
    }

    @Test
    void a_source_that_fails_completes_nothing() throws Exception {
        backups.segment("large", 12 * MIB);
        Path staging = backups.catalog.stage(FIRST.start());
        TarTarget broken = new BreakingTarget(backups.place.archive(staging, FIRST), 7 * MIB);

        assertThatThrownBy(() -> backups.archive(staging, broken)).isInstanceOf(IllegalStateException.class);

        assertThat(backups.store.list("stack/")).isEmpty();
        assertThat(backups.store.abandon("stack/", Instant.now().plusSeconds(60)))
                .isZero();
    }
}
