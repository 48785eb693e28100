package dolmen.remote;

import dolmen.catalog.BackupFetch;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.Size;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Brings a backup from the bucket into the catalog, each of its files compared with its sum on the way. */
public final class FetchRemote implements MeteredStep<Run, Report> {
    private final Supplier<BackupFetch> bucket;
    private final NewestRemote newest;
    private final Clock clock;

    /** The supplier throws {@code Refused} when no bucket is set. */
    public FetchRemote(Supplier<BackupFetch> bucket, NewestRemote newest, Clock clock) {
        this.bucket = bucket;
        this.newest = newest;
        this.clock = clock;
    }

    @Override
    public Report run(Run run, Meter meter) {
        BackupFetch fetch = bucket.get();
        Label label = run.request().backup().label().orElseGet(() -> newest.in(fetch.remote()));
        return fetch.fetch(label, meter)
                .map(fetched -> Report.success(
                        run,
                        "fetched backup " + label + " from " + fetch.remote().place(),
                        List.of("archives: " + fetched.archives().size() + ", its own files: "
                                + Size.words(fetched.bytes()) + "; what came was compared with its sums"),
                        clock.instant()))
                .orElseGet(() -> here(run, fetch, label));
    }

    /** Checks that its files are there, with their sizes; `dolmen verify` reads them. */
    private Report here(Run run, BackupFetch fetch, Label label) {
        fetch.requireHere(label);
        return Report.success(
                run,
                "backup " + label + " is in the catalog already, each file with its size; nothing was fetched",
                List.of("`dolmen verify " + label + "` reads it whole"),
                clock.instant());
    }
}
