package dolmen.pipeline;

import dolmen.catalog.Catalog;
import dolmen.catalog.LastGood;
import dolmen.catalog.Prunable;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Store;
import java.nio.file.Path;

/** The bucket of the settings, as long as it is used. */
public final class Bucket implements AutoCloseable {
    private final ObjectStore store;
    private final StorageSettings settings;

    private Bucket(ObjectStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Throws {@link Refused} when no bucket is set. */
    public static Bucket of(StorageSettings settings) {
        if (settings.bucket().isEmpty()) {
            throw new Refused("no bucket is set", "Set dolmen.storage.bucket.");
        }
        return new Bucket(S3Store.of(settings), settings);
    }

    /** The backups in it. */
    public RemoteCatalog catalog() {
        return new RemoteCatalog(store, settings);
    }

    @Override
    public void close() {
        store.close();
    }

    /** As the only place of new backups; {@code scratch} is a folder of this machine. */
    public BackupPlace place(Catalog catalog, LastGood lastGood, Path scratch) {
        return new BucketPlace(catalog(), prunable(scratch), catalog, lastGood, scratch);
    }

    /** The backups in it, to be pruned; {@code scratch} is a folder of this machine. */
    public Prunable prunable(Path scratch) {
        return new RemoteBackups(catalog(), store, settings, scratch);
    }
}
