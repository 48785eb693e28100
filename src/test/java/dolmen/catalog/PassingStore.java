package dolmen.catalog;

import dolmen.archive.TarSink;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.storage.ObjectStore;
import dolmen.storage.ObjectVersion;
import dolmen.storage.StoredObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hands everything on to another store; a fake overrides what it does wrong. */
class PassingStore implements ObjectStore {
    private final ObjectStore store;

    PassingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public long put(Path file, Artifact content, String key, Meter meter) {
        return store.put(file, content, key, meter);
    }

    @Override
    public TarSink begin(String key) {
        return store.begin(key);
    }

    @Override
    public void put(String key, String text) {
        store.put(key, text);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return store.find(key);
    }

    @Override
    public InputStream read(String key) {
        return store.read(key);
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        return store.read(key, offset, length);
    }

    @Override
    public List<String> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public List<ObjectVersion> versions(String prefix) {
        return store.versions(prefix);
    }

    @Override
    public boolean isVersion(String key) {
        return store.isVersion(key);
    }

    @Override
    public void delete(ObjectVersion version) {
        store.delete(version);
    }

    @Override
    public int abandon(String prefix, Instant before) {
        return store.abandon(prefix, before);
    }

    @Override
    public void close() {
        store.close();
    }
}
