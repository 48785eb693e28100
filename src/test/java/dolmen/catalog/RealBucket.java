package dolmen.catalog;

import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket in a real server of S3's protocol, what is remembered of it, and a catalog beside it. */
class RealBucket implements AutoCloseable {
    static final StackIdentity STACK = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());

    final S3Server server;
    final S3Store store;
    final Path state;
    final BucketRecords records;
    final RemoteCatalog remote;
    final Catalog catalog;

    private final StorageSettings settings;

    RealBucket(Path folder) throws Exception {
        server = new S3Server(folder.resolve("s3"));
        settings = server.settings(S3Server.SECRET_KEY, 0);
        store = S3Store.of(settings);
        state = Files.createDirectories(folder.resolve("state"));
        records = new BucketRecords(state, settings);
        remote = remote(store);
        catalog = new Catalog(folder.resolve("catalog"));
    }

    /** The bucket as it is seen through a store that does something wrong. */
    final RemoteCatalog remote(ObjectStore through) {
        return new RemoteCatalog(through, settings, records);
    }

    final PrunableBackups objects(ObjectStore through) {
        return remote(through).prunable(catalog, state);
    }

    /** Keeps one backup. */
    final Pruning pruning(ObjectStore through) {
        Retention one = new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC);
        return new Pruning(objects(through), one, state, Clock.systemUTC());
    }

    /** This bucket, reached at another address. */
    static S3Store storeAt(URI address) {
        return S3Store.of(S3Server.settings(address, S3Server.BUCKET, S3Server.SECRET_KEY, 0));
    }

    @Override
    public void close() {
        store.close();
        server.close();
    }
}
