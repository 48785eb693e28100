package dolmen.remote;

import dolmen.catalog.BackupFetch;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Run;
import dolmen.runs.RunLock;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a backup that a run wants to read and that the catalog does not have. Such a run holds no lock; while this step fetches, it
 * does, since runs that begin remove backups that are half fetched. Throws {@code Locked} when another run holds it.
 */
public final class FetchMissing implements MeteredStep<Run, Run> {
    private static final Logger LOG = LoggerFactory.getLogger(FetchMissing.class);

    private final Optional<BackupFetch> bucket;
    private final Path state;

    /** {@code state} is the folder with the lock of runs. */
    public FetchMissing(Optional<BackupFetch> bucket, Path state) {
        this.bucket = bucket;
        this.state = state;
    }

    @Override
    public Run run(Run run, Meter meter) {
        bucket.filter(fetch -> fetch.lacks(run.request())).ifPresent(fetch -> fetch(fetch, run, meter));
        return run;
    }

    private void fetch(BackupFetch fetch, Run run, Meter meter) {
        try (RunLock held = RunLock.take(state, run.id().text())) {
            LOG.debug("holding {}", held);
            fetch.fetchWanted(run.request(), meter);
        }
    }
}
