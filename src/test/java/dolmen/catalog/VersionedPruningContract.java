package dolmen.catalog;

import static dolmen.catalog.RealBucket.STACK;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.ObjectVersion;
import dolmen.storage.S3Server;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pruning removes and says in a bucket that keeps versions; for a fake of one, and for a real server. */
@Tag("T50")
abstract class VersionedPruningContract {
    static final Label OLD = new Label("20261122-020000");
    static final Label BASE = new Label("20261123-020000");
    static final Label NEW = new Label("20261124-020000");

    @TempDir
    Path folder;

    ObjectStore store;
    private Catalog catalog;

    /** An empty bucket that keeps versions. */
    abstract ObjectStore store() throws Exception;

    /** Puts a hold on the version that this key shows. */
    abstract void hold(String key) throws Exception;

    /** Ends the hold on all versions of this key. */
    abstract void release(String key) throws Exception;

    @BeforeEach
    void three_backups_of_which_the_last_needs_the_archive_of_the_second() throws Exception {
        store = store();
        catalog = new Catalog(folder.resolve("catalog"));
        SmallBackups.full(catalog, OLD, 5000);
        SmallBackups.full(catalog, BASE, 3000);
        SmallBackups.incremental(catalog, NEW, BASE);
        for (Label label : List.of(OLD, BASE, NEW)) {
            remote(false).upload(catalog.find(label), catalog.folder(), Meter.NONE);
        }
    }

    final RemoteCatalog remote(boolean pruneVersions) {
        URI unused = URI.create("http://127.0.0.1:1");
        StorageSettings settings =
                S3Server.settings(unused, S3Server.BUCKET, S3Server.ACCESS_KEY, "secret", 0, pruneVersions);
        return new RemoteCatalog(store, settings, new BucketRecords(folder.resolve("state"), settings));
    }

    final Pruning pruning(boolean pruneVersions) {
        Retention one = new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC);
        return new Pruning(
                remote(pruneVersions).prunable(catalog, folder.resolve("scratch")),
                one,
                folder.resolve("state"),
                Clock.systemUTC());
    }

    private PrunePlan prune(boolean pruneVersions) {
        Pruning pruning = pruning(pruneVersions);
        return pruning.carryOut(pruning.plan(STACK, Set.of()));
    }

    private static String home(Label label) {
        return "stack/" + label + "/";
    }

    final List<ObjectVersion> contents(Label label) {
        return store.versions(home(label)).stream()
                .filter(version -> !version.isMarker())
                .toList();
    }

    @Test
    void t50_nothing_is_said_to_be_freed_that_stays_as_a_version() {
        int versions = contents(OLD).size()
                + (int) contents(BASE).stream()
                        .filter(version -> !version.key().endsWith(Artifact.SEGMENT_ARCHIVE))
                        .count();

        PrunePlan plan = pruning(false).plan(STACK, Set.of());
        PrunePlan done = prune(false);

        for (PrunePlan told : List.of(plan, done)) {
            assertThat(told.freed()).isZero();
            assertThat(told.words()).contains("2 backups, 0 bytes; " + versions + " versions, ");
            assertThat(told.lines())
                    .anyMatch(line -> line.contains("until its lifecycle removes them")
                            && line.contains("dolmen.storage.retention.prune-versions"));
        }
        assertThat(remote(false).labels()).containsExactly(NEW);
        assertThat(contents(OLD)).hasSizeGreaterThanOrEqualTo(4);
        assertThat(pruning(false).plan(STACK, Set.of()).isEmpty()).isTrue();
    }

    @Test
    void t50_with_the_setting_versions_go_with_their_backup_and_what_was_freed_is_said() throws Exception {
        long bytes = contents(OLD).stream().mapToLong(ObjectVersion::bytes).sum();

        PrunePlan done = prune(true);

        assertThat(done.kept().isEmpty()).isTrue();
        assertThat(done.freed()).isGreaterThanOrEqualTo(bytes).isLessThan(bytes + 3000);
        assertThat(store.versions(home(OLD))).isEmpty();
        assertThat(contents(BASE))
                .extracting(ObjectVersion::key)
                .allMatch(key -> key.endsWith(Artifact.SEGMENT_ARCHIVE) || key.endsWith(BackupStore.MARK));
        remote(true).verify(NEW, Files.createDirectories(folder.resolve("verify")), Meter.NONE);
        assertThat(pruning(true).plan(STACK, Set.of()).isEmpty()).isTrue();
    }

    @Test
    void t50_a_version_that_is_held_stays_hidden_is_said_and_goes_by_the_next_pruning_after_the_hold()
            throws Exception {
        String manifest = home(OLD) + Artifact.MANIFEST;
        hold(manifest);

        PrunePlan done = prune(true);

        assertThat(done.words()).contains("; 1 version, ").contains("stay");
        assertThat(done.lines()).anyMatch(line -> line.contains("an object lock or a legal hold keeps them"));
        assertThat(remote(true).labels()).containsExactly(NEW);
        assertThat(contents(OLD)).extracting(ObjectVersion::key).contains(manifest);
        assertThat(prune(true).kept().count()).as("while it is held").isEqualTo(1);
        release(manifest);
        assertThat(prune(true).kept().isEmpty()).isTrue();
        assertThat(store.versions(home(OLD))).isEmpty();
        assertThat(pruning(true).plan(STACK, Set.of()).isEmpty()).isTrue();
    }
}
