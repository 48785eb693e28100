package dolmen.backup;

import dolmen.catalog.BackupDestination;
import dolmen.catalog.Catalog;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Run;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies the stack, removes what unfinished backups left, checks that there is room, finds what an incremental one builds on,
 * and makes the staging folder, whose name is the label.
 */
public final class BeginBackup implements MeteredStep<Run, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(BeginBackup.class);

    private final Catalog catalog;
    private final BackupDestination place;
    private final Supplier<StackIdentity> stack;
    private final Consumer<Set<String>> requireUsed;

    /** {@code requireUsed} throws when one of these ids is no used segment. */
    public BeginBackup(
            Catalog catalog,
            BackupDestination place,
            Supplier<StackIdentity> stack,
            Consumer<Set<String>> requireUsed) {
        this.requireUsed = requireUsed;
        this.catalog = catalog;
        this.place = place;
        this.stack = stack;
    }

    @Override
    public BackupRun run(Run run, Meter meter) {
        BackupRun done = begin(run, meter);
        LOG.info("began {} backup {}", done.kind().word(), done.label());
        return done;
    }

    private BackupRun begin(Run run, Meter meter) {
        StackIdentity identity = stack.get();
        BackupOptions options = run.request().options(BackupOptions.class);
        requireUsed.accept(options.acceptMissing());
        place.removeUnfinished();
        boolean incremental = options.kind().filter(Kind.INCREMENTAL::equals).isPresent();
        Optional<Found> base = incremental ? Optional.of(place.base(identity, meter)) : Optional.empty();
        Optional<Backup> earlier = base.flatMap(Found::base);
        place.requireRoom(earlier.isPresent() ? Kind.INCREMENTAL : Kind.FULL, identity);
        Path staging = catalog.stage(run.begun());
        BackupRun backup = BackupRun.begin(run, new Label(staging.getFileName().toString()), staging, identity);
        return earlier.map(backup::onto)
                .orElseGet(() -> base.map(found -> backup.warn(List.of("took a full backup: " + found.whyNot())))
                        .orElse(backup));
    }
}
