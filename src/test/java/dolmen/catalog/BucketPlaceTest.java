package dolmen.catalog;

import static dolmen.catalog.StreamedBackups.FIRST;
import static dolmen.catalog.StreamedBackups.MIB;
import static dolmen.catalog.StreamedBackups.SECOND;
import static dolmen.catalog.StreamedBackups.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that never lie on this machine: what makes them count, and what goes with those that do not. */
class BucketPlaceTest {
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
    @Timeout(300)
    void an_archive_of_a_hundred_mebibytes_comes_whole_and_never_lies_on_this_machine() throws Exception {
        for (int number = 0; number < 20; number++) {
            backups.segment("large-" + number, 5 * MIB + number);
        }
        AtomicLong most = new AtomicLong();
        AtomicLong looks = new AtomicLong();
        Thread watch = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(bytesHere(), Math::max);
                looks.incrementAndGet();
            }
        });
        watch.start();

        BackupRun made;
        BackupRun published;
        try {
            made = backups.full(FIRST);
            published = backups.place.publish(made, Meter.NONE);
        } finally {
            watch.interrupt();
            watch.join();
        }

        assertThat(made.segments().orElseThrow().tar().bytes()).isGreaterThan(100L * MIB);
        assertThat(looks.get()).isGreaterThan(20);
        assertThat(most.get()).isPositive().isLessThan(MIB);
        assertThat(published.details()).singleElement().asString().contains("lies in s3://backups/stack alone");
        assertThat(backups.remote.labels()).containsExactly(FIRST);
        assertThat(backups.catalog.labels()).isEmpty();
        assertThat(backups.catalog.unfinished()).isEmpty();
        backups.fetchedHasAll(FIRST);
    }

    @Test
    void nothing_counts_before_all_was_read_back() {
        ObjectStore lossy = new LossyStore(backups.store);
        BackupRun made = backups.made(backups.place(lossy), FIRST, Optional.empty());

        assertThatThrownBy(() -> backups.place(lossy).publish(made, Meter.NONE)).isInstanceOf(Damaged.class);
        assertThat(backups.remote.labels()).isEmpty();
        assertThat(new LastGood(backups.catalog, backups.records, AnyStack.OWN).find())
                .isEmpty();
    }

    @Test
    void a_published_backup_is_never_written_over() throws Exception {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        Path staging = backups.catalog.stage(FIRST.start());
        assertThatThrownBy(() -> backups.archive(staging, backups.place.archive(staging, FIRST)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is a backup " + FIRST);
    }

    @Test
    void the_publication_may_be_repeated() throws Exception {
        BackupRun made = backups.full(FIRST);
        backups.remote.complete(new Backup(made.staging(), made.manifest().orElseThrow()), Meter.NONE);
        backups.place.publish(made, Meter.NONE);
        assertThat(backups.remote.labels()).containsExactly(FIRST);
        assertThat(backups.catalog.unfinished()).isEmpty();
    }

    @Test
    @Tag("T14")
    void t14_archives_of_runs_that_gave_up_are_removed_though_nothing_of_them_is_staged_any_more() {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        for (Label given : List.of(SECOND, THIRD)) {
            backups.full(given);
            backups.catalog.removeStaging();
        }
        assertThat(backups.store.list("stack/")).contains("stack/" + THIRD + "/druid_shared.tar");

        backups.place.removeUnfinished();

        assertThat(backups.store.list("stack/")).allMatch(key -> key.startsWith("stack/" + FIRST + "/"));
        assertThat(backups.remote.labels()).containsExactly(FIRST);
    }

    @Test
    void the_next_backup_removes_what_a_killed_one_left_there_and_nothing_else() throws Exception {
        backups.place.publish(backups.full(FIRST), Meter.NONE);
        backups.store.put("stack/" + SECOND + "/pruned.json", "{}");
        backups.store.put("stack/" + SECOND + "/druid_shared.tar", "needed by others");
        backups.full(THIRD);
        backups.catalog.stage(FIRST.start());
        backups.catalog.stage(SECOND.start());
        assertThat(backups.store.list("stack/" + THIRD + "/")).contains("stack/" + THIRD + "/druid_shared.tar");

        backups.place.removeUnfinished();

        assertThat(backups.store.list("stack/" + THIRD + "/")).isEmpty();
        assertThat(backups.store.list("stack/" + SECOND + "/"))
                .contains("stack/" + SECOND + "/druid_shared.tar", "stack/" + SECOND + "/pruned.json");
        assertThat(backups.catalog.unfinished()).isEmpty();
        backups.remote.verify(FIRST, Files.createDirectories(folder.resolve("scratch")), Meter.NONE);
    }

    /** The bytes of all files below the catalog and the state folder. */
    private long bytesHere() {
        long bytes = 0;
        for (Path root : List.of(backups.catalog.folder(), backups.state)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            } catch (IOException | UncheckedIOException gone) {
                // renamed or removed while it was looked at
            }
        }
        return bytes;
    }
}
