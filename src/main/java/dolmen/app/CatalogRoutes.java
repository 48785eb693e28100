package dolmen.app;

import static shared.StepRoute.step;

import dolmen.backup.PruneBackups;
import dolmen.catalog.BackupDestination;
import dolmen.catalog.BackupFetch;
import dolmen.catalog.BackupFolders;
import dolmen.catalog.Bucket;
import dolmen.catalog.Catalog;
import dolmen.catalog.CatalogPlace;
import dolmen.catalog.DamageKeeper;
import dolmen.catalog.LackedBackups;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.catalog.PrunableBackups;
import dolmen.catalog.Pruning;
import dolmen.catalog.RemoteCatalog;
import dolmen.catalog.WantedBackup;
import dolmen.deepstorage.LoadPaths;
import dolmen.examination.ArchiveExamination;
import dolmen.examination.CheckFiles;
import dolmen.examination.FindBackup;
import dolmen.examination.ReadArchive;
import dolmen.examination.ReadDump;
import dolmen.examination.ReadMetabase;
import dolmen.export.ExportRun;
import dolmen.export.WriteExport;
import dolmen.metadata.MetadataDumps;
import dolmen.model.BackupContents;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.PruneRun;
import dolmen.model.Run;
import dolmen.model.StackIdentity;
import dolmen.prune.CheckPruning;
import dolmen.prune.RemoveBackups;
import dolmen.prune.SelectPrunable;
import dolmen.remote.FetchMissing;
import dolmen.remote.FetchRemote;
import dolmen.remote.NewestRemote;
import dolmen.remote.ReadRemote;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import dolmen.settings.StorageSettings.Stage;
import export.ExportRoute;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import prune.PlanPruneRoute;
import prune.PruneRoute;
import remote.FetchRoute;
import remote.VerifyRemoteRoute;
import verify.ExamineBackup;
import verify.VerifyRoute;

/** The routes that verify, export, fetch and prune finished backups. */
final class CatalogRoutes {
    private final Settings settings;
    private final RunJournal journal;
    private final Stack stack;
    private final Supplier<StackIdentity> identity;
    private final Pruning pruning;
    private final Catalog catalog;
    private final OwnBackups own;
    private final Optional<Bucket> bucket;
    private final Clock clock;

    CatalogRoutes(
            Settings settings, Catalog catalog, RunJournal journal, Stack stack, LackedBackups lacked, Clock clock) {
        this.settings = settings;
        this.journal = journal;
        this.stack = stack;
        this.identity = stack.inspector(settings)::identity;
        this.pruning = new Pruning(
                PrunableBackups.of(catalog),
                settings.retention().policy(),
                settings.paths().state(),
                clock,
                lacked);
        this.catalog = catalog;
        this.own = new OwnBackups(ownStack());
        this.bucket = settings.storage().bucket().map(name -> Bucket.of(settings));
        this.clock = clock;
    }

    List<RoutesBuilder> all(BackupFolders folders) {
        MetadataDumps dumps = stack.metadata().dumps();
        LoadPaths paths = stack.deepStorage().paths();
        return List.of(
                new VerifyRoute(clock),
                step("find-backup", Run.class, new FindBackup(folders)),
                new ExamineBackup(new DamageKeeper(catalog, clock)::keep),
                step("check-files", BackupContents.class, new CheckFiles()),
                step("read-dump", BackupContents.class, new ReadDump(dumps)),
                step("read-archive", BackupContents.class, new ReadArchive(new ArchiveExamination(paths, dumps))),
                step("read-metabase", BackupContents.class, new ReadMetabase(stack.metabase())),
                new ExportRoute(clock),
                step(
                        "fetch-missing",
                        Run.class,
                        new FetchMissing(
                                bucket.map(there -> fetch(there, own)),
                                settings.paths().state())),
                step("write-export", ExportRun.class, new WriteExport()),
                new PruneRoute(clock),
                new PlanPruneRoute(clock),
                step(
                        "select-prunable",
                        Run.class,
                        new SelectPrunable(run -> pruning(run).plan(ownStack().ask(identity), inUse()))),
                step("check-pruning", PruneRun.class, new CheckPruning()),
                step(
                        "remove-backups",
                        PruneRun.class,
                        new RemoveBackups(run -> pruning(run.run()).carryOut(run.plan()))),
                new VerifyRemoteRoute(),
                step(
                        "read-remote",
                        Run.class,
                        new ReadRemote(() -> bucket().catalog(), newestRemote(), scratch(), clock)),
                new FetchRoute(),
                step("fetch-remote", Run.class, new FetchRemote(() -> fetch(bucket(), own), newestRemote(), clock)));
    }

    /** The step of a backup that removes older ones. */
    RoutesBuilder pruning() {
        return step(
                "prune-backups",
                BackupRun.class,
                new PruneBackups(
                        pruning,
                        bucket.map(this::remotePruning),
                        this::inUse,
                        settings.retention().afterBackup()));
    }

    /** Fetches backups from the bucket; empty where none is set. */
    Optional<BackupFetch> fetch() {
        return bucket.map(there -> fetch(there, new OwnBackups(ownStack(), identity)));
    }

    private BackupFetch fetch(Bucket from, OwnBackups chooser) {
        RemoteCatalog there = from.catalog();
        return new BackupFetch(
                there, catalog, new WantedBackup(there, catalog, chooser, !isStagedHere(), scratch())::of);
    }

    private NewestRemote newestRemote() {
        return new NewestRemote(own, scratch(), clock);
    }

    private OwnStack ownStack() {
        return OwnStack.of(settings);
    }

    /** Where new backups are made: in the catalog, or in the bucket alone. */
    BackupDestination place() {
        return isStagedHere()
                ? new CatalogPlace(catalog, settings.backup().checkSpace())
                : bucket().place(catalog, scratch());
    }

    private boolean isStagedHere() {
        return settings.storage().stage() == Stage.CATALOG;
    }

    private Pruning pruning(Run run) {
        return run.request().operation().isRemote() ? remotePruning(bucket()) : pruning;
    }

    private Pruning remotePruning(Bucket from) {
        return new Pruning(
                from.prunable(catalog, scratch()),
                settings.retention().remote(),
                settings.paths().state(),
                clock);
    }

    private Path scratch() {
        return settings.paths().state().resolve("scratch");
    }

    private Bucket bucket() {
        return bucket.orElseGet(() -> Bucket.of(settings));
    }

    /** The backups that interrupted runs, and runs that may be repeated from their dead letters, still need. */
    private Set<Label> inUse() {
        DeadLetters letters = new DeadLetters(settings.paths().deadLetters());
        return Stream.concat(
                        journal.interrupted().stream(),
                        letters.list().stream().map(run -> letters.find(run).run()))
                .flatMap(run -> run.request().backup().label().stream())
                .collect(Collectors.toSet());
    }
}
