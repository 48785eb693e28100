package dolmen.remote;

import dolmen.archive.SafeFiles;
import dolmen.catalog.RemoteCatalog;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Reads every object that a backup in the bucket needs, and compares it with the manifest there. */
public final class ReadRemote implements MeteredStep<Run, Report> {
    private final Supplier<RemoteCatalog> remote;
    private final NewestRemote newest;
    private final Path scratch;
    private final Clock clock;

    /** The supplier throws {@code Refused} when no bucket is set; {@code scratch} is a folder for the manifest. */
    public ReadRemote(Supplier<RemoteCatalog> remote, NewestRemote newest, Path scratch, Clock clock) {
        this.remote = remote;
        this.newest = newest;
        this.scratch = scratch;
        this.clock = clock;
    }

    @Override
    public Report run(Run run, Meter meter) {
        RemoteCatalog bucket = remote.get();
        Path folder = SafeFiles.folder(scratch.resolve(run.id().text()));
        try {
            Label label = run.request().backup().label().orElseGet(() -> newest.in(bucket));
            Manifest manifest = verify(bucket, label, folder, meter);
            return Report.success(
                    run,
                    "backup " + label + " in " + bucket.place() + ": whole, nothing missing",
                    List.of("archives: " + manifest.archives().size() + ", bytes of its own files: "
                            + manifest.bytes()),
                    clock.instant());
        } finally {
            SafeFiles.remove(folder);
        }
    }

    private Manifest verify(RemoteCatalog bucket, Label label, Path folder, Meter meter) {
        try {
            return bucket.verify(label, folder, meter);
        } catch (Damaged found) {
            bucket.verdicts().keepDamage(label, found, clock);
            throw found;
        }
    }
}
