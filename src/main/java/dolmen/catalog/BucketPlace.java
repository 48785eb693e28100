package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.archive.TarTarget;
import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups come to be in the bucket alone: the segment archive is sent while it is made, what is small is staged here, and
 * nothing stays in the catalog. Incremental ones build on the newest backup of the bucket.
 */
final class BucketPlace implements BackupDestination {
    private static final Logger LOG = LoggerFactory.getLogger(BucketPlace.class);

    private final RemoteCatalog remote;
    private final PrunableBackups objects;
    private final Catalog catalog;
    private final Path base;

    /** {@code objects} are those of the same bucket; {@code scratch} is a folder of this machine. */
    public BucketPlace(RemoteCatalog remote, PrunableBackups objects, Catalog catalog, Path scratch) {
        this.remote = remote;
        this.objects = objects;
        this.catalog = catalog;
        this.base = scratch.resolve("base");
    }

    /** What has a manifest there is complete, and what has a mark is kept for backups that need its archive: both stay. */
    @Override
    public void removeUnfinished() {
        Set<Label> unfinished = new TreeSet<>(catalog.unfinished());
        unfinished.addAll(remote.begun().labels());
        if (!unfinished.isEmpty()) {
            Set<Label> known = new HashSet<>(remote.labels());
            known.addAll(objects.prunedLabels());
            unfinished.stream().filter(label -> !known.contains(label)).forEach(objects::remove);
            unfinished.forEach(remote.begun()::end);
        }
        removeStaging();
    }

    private void removeStaging() {
        catalog.removeStaging();
        SafeFiles.remove(base);
    }

    /** A bucket has room, and what is staged here is small. */
    @Override
    public void requireRoom(Kind kind, StackIdentity stack) {}

    @Override
    public Found base(StackIdentity stack, Meter meter) {
        GoodInBucket good = new GoodInBucket(remote, catalog::ahead, base);
        return new IncrementalBase(
                        good::newestFirst,
                        backup -> withIndex(backup, meter),
                        (label, archive) -> remote.isSound(label, archive, meter))
                .find(stack);
    }

    private Optional<Backup> withIndex(Backup backup, Meter meter) {
        Manifest manifest = backup.manifest();
        try {
            manifest.artifact(Artifact.SEGMENT_INDEX)
                    .ifPresent(index -> remote.fetch(manifest.label(), index, base.resolve(index.name()), meter));
            return Optional.of(backup);
        } catch (Damaged unreadable) {
            LOG.warn("passed over backup {}: {}", manifest.label(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public TarTarget archive(Path staging, Label label) {
        return remote.archive(label);
    }

    @Override
    public boolean isHere() {
        return false;
    }

    @Override
    public BackupRun publish(BackupRun backup, Meter meter) {
        Manifest manifest = backup.manifest().orElseThrow();
        Sent sent = remote.complete(new Backup(backup.staging(), manifest), meter);
        removeStaging();
        return backup.tell("lies in " + remote.place() + " alone: " + sent.bytes() + " bytes, all read back;"
                + " `dolmen restore " + backup.label() + "` fetches it");
    }
}
