package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Ahead;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups of a bucket that count. */
public final class GoodInBucket {
    private static final Logger LOG = LoggerFactory.getLogger(GoodInBucket.class);

    private final RemoteCatalog remote;
    private final Supplier<Ahead> ahead;
    private final Path folder;

    /** {@code folder} is one of this machine, which holds the manifest of the one whose turn it is. */
    public GoodInBucket(RemoteCatalog remote, Supplier<Ahead> ahead, Path folder) {
        this.remote = remote;
        this.ahead = ahead;
        this.folder = folder;
    }

    /** Newest first, each read when its turn comes; those that cannot be read are passed over. */
    public Stream<Backup> newestFirst() {
        SafeFiles.folder(folder);
        return new GoodBackups(ahead.get()).newestFirst(remote.labels(), this::read);
    }

    private Optional<Backup> read(Label label) {
        try {
            return Optional.of(remote.find(label, folder));
        } catch (Damaged unreadable) {
            LOG.warn("passed over backup {}: {}", label, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
