package dolmen.runs;

import dolmen.archive.SafeFiles;
import dolmen.catalog.ReadLock;
import dolmen.model.StepFailure.Locked;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code state/scratch} for what a run needs until its end: lists of files, manifests and ranges of the bucket,
 * copies of Metabase's database that are opened, scripts with rows. Nothing in it outlives its run.
 */
public final class Scratch {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private final Path state;

    public Scratch(Path state) {
        this.state = state;
    }

    /** For what reads outside of the catalog, and so holds up no pruning: what it has there is left until it is closed. */
    public static ReadLock use(Path state) {
        return ReadLock.share(outside(state));
    }

    private static Path outside(Path state) {
        return state.resolve("outside");
    }

    /**
     * Removes what is in it, and what was half written beside it. Only for the holder of the run lock, at the end of a run and before the next; what a process
     * that only reads has there is left until nobody reads.
     */
    public void clear() {
        SafeFiles.removeUnfinished(state, "");
        Path folder = state.resolve("scratch");
        if (SafeFiles.list(folder).isEmpty()) {
            return;
        }
        try (ReadLock alone = ReadLock.alone(state);
                ReadLock outside = ReadLock.alone(outside(state))) {
            LOG.debug("holding {} and {}", alone, outside);
            SafeFiles.list(folder).forEach(SafeFiles::remove);
        } catch (Locked reading) {
            LOG.debug("left {} as it is: {}", folder, reading.getMessage());
        }
    }
}
