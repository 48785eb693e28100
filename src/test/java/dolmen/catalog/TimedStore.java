package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.storage.ObjectStore;
import java.nio.file.Path;

/** Adds up how long files took to be sent. */
public final class TimedStore extends PassingStore {
    private long sending;

    public TimedStore(ObjectStore store) {
        super(store);
    }

    @Override
    public long put(Path file, Artifact content, String key, Meter meter) {
        long began = System.nanoTime();
        long bytes = super.put(file, content, key, meter);
        sending += System.nanoTime() - began;
        return bytes;
    }

    /** In nanoseconds. */
    public long sending() {
        return sending;
    }
}
