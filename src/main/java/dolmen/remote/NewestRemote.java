package dolmen.remote;

import dolmen.archive.SafeFiles;
import dolmen.catalog.GoodInBucket;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.RemoteCatalog;
import dolmen.catalog.WantedBackup;
import dolmen.model.Ahead;
import dolmen.model.Label;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Finds the backup of a bucket that is meant where none is named: the newest good one of this stack. */
public final class NewestRemote {
    private final OwnBackups own;
    private final Path scratch;
    private final Clock clock;

    /** {@code scratch} is a folder for manifests that are read meanwhile. */
    public NewestRemote(OwnBackups own, Path scratch, Clock clock) {
        this.own = own;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** Throws {@code NothingToRestore} when the bucket has no such backup. */
    Label in(RemoteCatalog bucket) {
        Path folder = SafeFiles.folder(scratch.resolve("newest-" + UUID.randomUUID()));
        try {
            Supplier<Ahead> ahead = () -> Ahead.of(clock);
            GoodInBucket good = new GoodInBucket(bucket, ahead, folder);
            return own.choose(good::newestFirst, () -> WantedBackup.none(bucket, ahead.get()))
                    .manifest()
                    .label();
        } finally {
            SafeFiles.remove(folder);
        }
    }
}
