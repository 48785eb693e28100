package dolmen.catalog;

import dolmen.model.Retention;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Store;
import java.nio.file.Path;

/** The bucket of the settings, as long as it is used. */
public final class Bucket implements AutoCloseable {
    private final ObjectStore store;
    private final StorageSettings settings;
    private final BucketRecords records;

    private Bucket(ObjectStore store, StorageSettings settings, BucketRecords records) {
        this.store = store;
        this.settings = settings;
        this.records = records;
    }

    /** Throws {@link Refused} when no bucket is set. */
    public static Bucket of(Settings settings) {
        StorageSettings storage = settings.storage();
        if (storage.bucket().isEmpty()) {
            throw new Refused("no bucket is set", "Set dolmen.storage.bucket.");
        }
        return new Bucket(
                S3Store.of(storage), storage, new BucketRecords(settings.paths().state(), storage));
    }

    /** The backups in it. */
    public RemoteCatalog catalog() {
        return new RemoteCatalog(store, settings, records);
    }

    /** As a place that backups of the catalog are sent to, where these are kept. */
    public SendTarget target(Retention retention) {
        return new BucketTarget(catalog(), records, retention);
    }

    @Override
    public void close() {
        store.close();
    }

    /** As the only place of new backups; {@code scratch} is a folder of this machine. */
    public BackupDestination place(Catalog catalog, Path scratch) {
        return new BucketPlace(catalog(), prunable(catalog, scratch), catalog, scratch);
    }

    /** The backups in it, to be pruned, beside those of this catalog; {@code scratch} is a folder of this machine. */
    public PrunableBackups prunable(Catalog catalog, Path scratch) {
        return catalog().prunable(catalog, scratch);
    }
}
