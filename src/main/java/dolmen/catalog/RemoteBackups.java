package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.StoredObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A bucket as pruning sees it. A backup ends when its manifest is gone; {@code pruned.json} is there before, since files
 * without both belong to an upload that goes on.
 */
public final class RemoteBackups implements Prunable {
    private final RemoteCatalog remote;
    private final ObjectStore store;
    private final StorageSettings settings;
    private final Catalog catalog;
    private final Path scratch;

    /** {@code catalog} has the backups of this machine, {@code scratch} is a folder for manifests. */
    public RemoteBackups(
            RemoteCatalog remote, ObjectStore store, StorageSettings settings, Catalog catalog, Path scratch) {
        this.remote = remote;
        this.store = store;
        this.settings = settings;
        this.catalog = catalog;
        this.scratch = scratch.resolve("remote");
    }

    @Override
    public List<Backup> backups() {
        SafeFiles.folder(scratch);
        try {
            return remote.labels().stream()
                    .map(label -> remote.find(label, scratch))
                    .toList();
        } finally {
            SafeFiles.remove(scratch);
        }
    }

    @Override
    public List<Label> prunedLabels() {
        TreeSet<Label> pruned = new TreeSet<>(remote.labelsWith(RemoteCatalog.PRUNED));
        remote.labels().forEach(pruned::remove);
        return List.copyOf(pruned);
    }

    /** The bucket may have the last copy of what a backup of the catalog needs. */
    @Override
    public Map<Label, List<Label>> neededElsewhere() {
        return LostArchives.of(catalog);
    }

    @Override
    public long archiveBytes(Label label) {
        return store.find(key(label, Artifact.SEGMENT_ARCHIVE))
                .map(StoredObject::bytes)
                .orElse(0L);
    }

    @Override
    public void unpublish(Label label) {
        remote.unpublish(label);
    }

    @Override
    public void keepArchiveOnly(Label label) {
        store.list(key(label, "")).stream()
                .filter(key -> !List.of(key(label, Artifact.SEGMENT_ARCHIVE), key(label, RemoteCatalog.PRUNED))
                        .contains(key))
                .forEach(store::delete);
    }

    /** The mark goes last: killed in between, the rest is still known to be one. */
    @Override
    public void remove(Label label) {
        store.list(key(label, "")).stream()
                .filter(key -> !key.equals(key(label, RemoteCatalog.PRUNED)))
                .forEach(store::delete);
        store.abandon(key(label, ""), Instant.now());
        store.delete(key(label, RemoteCatalog.PRUNED));
    }

    private String key(Label label, String name) {
        return settings.key(label.text() + "/" + name);
    }
}
