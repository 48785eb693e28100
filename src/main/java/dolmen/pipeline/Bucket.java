package dolmen.pipeline;

import dolmen.catalog.Catalog;
import dolmen.catalog.LastGood;
import dolmen.catalog.Prunable;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Store;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The bucket of the settings, as long as it is used. */
public final class Bucket implements AutoCloseable {
    private final ObjectStore store;
    private final StorageSettings settings;
    private final Supplier<Meter> meters;

    private Bucket(ObjectStore store, StorageSettings settings, Supplier<Meter> meters) {
        this.store = store;
        this.settings = settings;
        this.meters = meters;
    }

    /** Throws {@link Refused} when no bucket is set. */
    public static Bucket of(StorageSettings settings) {
        return of(settings, () -> Meter.NONE);
    }

    /** The same; what is sent and read is counted. */
    public static Bucket of(StorageSettings settings, Supplier<Meter> meters) {
        if (settings.bucket().isEmpty()) {
            throw new Refused("no bucket is set", "Set dolmen.storage.bucket.");
        }
        return new Bucket(S3Store.of(settings, meters), settings, meters);
    }

    /** The backups in it. */
    public RemoteCatalog catalog() {
        return new RemoteCatalog(store, settings, meters);
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
