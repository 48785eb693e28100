package dolmen.catalog;

import dolmen.archive.TarSink;
import dolmen.archive.TarTarget;
import dolmen.model.Artifact;
import dolmen.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;

/** The segment archive of a backup that is made now: it is sent to the bucket while it is made, once the check has passed. */
record RemoteArchive(ObjectStore store, String key, Runnable check) implements TarTarget {
    @Override
    public String name() {
        return Artifact.SEGMENT_ARCHIVE;
    }

    @Override
    public TarSink open() {
        check.run();
        return store.begin(key);
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }
}
