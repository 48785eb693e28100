package dolmen.restore;

import dolmen.catalog.BackupFetch;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Run;
import java.util.Optional;

/** Fetches the backup from the bucket, where one is set and the catalog does not have the backup. */
public final class FetchBackup implements MeteredStep<Run, Run> {
    private final Optional<BackupFetch> bucket;

    public FetchBackup(Optional<BackupFetch> bucket) {
        this.bucket = bucket;
    }

    @Override
    public Run run(Run run, Meter meter) {
        bucket.ifPresent(fetch -> fetch.fetchWanted(run.request(), meter));
        return run;
    }
}
