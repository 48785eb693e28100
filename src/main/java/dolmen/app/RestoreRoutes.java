package dolmen.app;

import static shared.StepRoute.step;

import dolmen.backup.StackInspector;
import dolmen.catalog.BackupFetch;
import dolmen.catalog.BackupFolders;
import dolmen.deepstorage.DeepStorage;
import dolmen.druid.Availability;
import dolmen.druid.CountedRows;
import dolmen.druid.DruidApi;
import dolmen.druid.Leaders;
import dolmen.druid.Pace;
import dolmen.druid.RowCounts;
import dolmen.druid.RulesInForce;
import dolmen.druid.Tiers;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.LoadRules;
import dolmen.model.Meter;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.UndoRun;
import dolmen.restore.BringRules;
import dolmen.restore.CheckTarget;
import dolmen.restore.CheckUndo;
import dolmen.restore.CleanMetadata;
import dolmen.restore.CompareLosses;
import dolmen.restore.CompareUndo;
import dolmen.restore.CreateStack;
import dolmen.restore.DropUndone;
import dolmen.restore.KeepSafetyCopy;
import dolmen.restore.LateLosses;
import dolmen.restore.LoadMetadata;
import dolmen.restore.MatchLiveSegments;
import dolmen.restore.MetabaseProof;
import dolmen.restore.PutBackRestore;
import dolmen.restore.ResetTasks;
import dolmen.restore.RestoreUndo;
import dolmen.restore.SafetyCopyRetention;
import dolmen.restore.StartServices;
import dolmen.restore.StartStack;
import dolmen.restore.StopForUndo;
import dolmen.restore.StopServices;
import dolmen.restore.SwapBack;
import dolmen.restore.SwapDatasources;
import dolmen.restore.SwapMetabase;
import dolmen.restore.SwapMetadata;
import dolmen.restore.SwapSegments;
import dolmen.restore.UndoFiles;
import dolmen.restore.UndoLosses;
import dolmen.restore.UnpackMetabase;
import dolmen.restore.UnpackSegments;
import dolmen.restore.VerifyRestore;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import dolmen.settings.Settings;
import dolmen.stack.DruidDown;
import dolmen.stack.StackServices;
import dolmen.stack.StackStart;
import dolmen.stack.StackUp;
import dolmen.stack.StartedServices;
import dolmen.stack.StoppedServices;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.RoutesBuilder;
import restore.PlanRoute;
import restore.RestoreRoute;
import restore.RollBackRestore;
import restore.UndoRoute;

/** The routes that put a backup, or single datasources of one, into the stack, and take that back. */
final class RestoreRoutes {
    private static final Duration METADATA_STORE_LIMIT = Duration.ofMinutes(2);

    private final Settings settings;
    private final Stack stack;
    private final MetabaseProof proof;
    private final RunJournal journal;
    private final Clock clock;
    private final Pace pace;
    private final RestoreUndo undo;
    private final SafetyCopies copies;
    private final StackServices services;
    private final StackStart start;

    RestoreRoutes(Settings settings, Stack stack, MetabaseApi metabaseApi, RunJournal journal, Surroundings around) {
        this.settings = settings;
        this.stack = stack;
        this.proof = new MetabaseProof(
                metabaseApi, stack.metabase(), settings.metabase().limit(), around.pace());
        this.journal = journal;
        this.clock = around.clock();
        this.pace = around.pace();
        this.undo = new RestoreUndo(stack.metadata(), stack.deepStorage(), stack.metabase());
        this.services = new StackServices(
                stack.host(),
                settings.metadata().service(),
                settings.stack().services(),
                stack.metabase().service());
        this.start = new StackStart(services, stack.stopped(), stack.started(), stack.metadata()::answers);
        this.copies =
                new SafetyCopies(settings.paths().state(), settings.restore().safetyCopies());
    }

    /** What does not depend on where backups are. */
    List<RoutesBuilder> of(DruidApi druid) {
        StackInspector inspector = stack.inspector(settings);
        DruidMetadata metadata = stack.metadata();
        DeepStorage storage = stack.deepStorage();
        MetabaseData metabase = stack.metabase();
        StoppedServices ledger = stack.stopped();
        StartedServices started = stack.started();
        BiFunction<RestoreRun, Meter, Plan> planner = planner(druid);
        Consumer<Run> whole = undo::requireWhole;
        UndoFiles files = new UndoFiles(metadata.datasources(), storage);
        LateLosses late = new LateLosses(metadata);
        return List.of(
                new RestoreRoute(clock),
                new PlanRoute(unseen(planner), clock),
                step(
                        "raise-stack",
                        RestoreRun.class,
                        new CreateStack(
                                stack.host(),
                                new StackUp(settings.stack().upCommand()),
                                inspector.required(),
                                this::startDatabases)),
                step(
                        "start-stack",
                        RestoreRun.class,
                        new StartStack(start, this::startMetadataStore, () -> awaitLeaders(druid))),
                step("check-target", RestoreRun.class, new CheckTarget(planner, late)),
                step("compare-losses", RestoreRun.class, new CompareLosses(late)),
                step("unpack-segments", RestoreRun.class, new UnpackSegments(storage)),
                step("load-metadata", RestoreRun.class, new LoadMetadata(metadata)),
                step(
                        "clear-past",
                        RestoreRun.class,
                        new ResetTasks(
                                new CleanMetadata(
                                        metadata,
                                        settings.restore(),
                                        inspector::identity,
                                        run -> loadForever(druid, run))::clean)),
                step("unpack-metabase", RestoreRun.class, new UnpackMetabase(metabase)),
                step(
                        "stop-services",
                        RestoreRun.class,
                        new StopServices(ledger, settings.stack().services(), metabase.service())),
                step("swap-segments", RestoreRun.class, new SwapSegments(storage)),
                step("swap-metadata", RestoreRun.class, new SwapMetadata(metadata)),
                step("swap-metabase", RestoreRun.class, new SwapMetabase(metabase)),
                step("start-services", RestoreRun.class, new StartServices(start, this::startsMetabase)),
                step(
                        "bring-rules",
                        RestoreRun.class,
                        new BringRules(
                                metadata.datasources(),
                                run -> loadForever(druid, run),
                                new RulesInForce(druid, settings.druid().verifyLimit(), pace))),
                step("swap-datasources", RestoreRun.class, new SwapDatasources(metadata.datasources())),
                step("match-live-segments", RestoreRun.class, new MatchLiveSegments(storage, metadata.dumps())),
                step(
                        "verify-restore",
                        RestoreRun.class,
                        new VerifyRestore(
                                new Availability(
                                        druid.afterRestore(),
                                        (datasources, ids) -> metadata.live().unusedSegments(datasources, ids),
                                        settings.druid().verifyLimit(),
                                        pace),
                                new CountedRows(new RowCounts(
                                        druid.afterRestore(), settings.backup().countLimit(), pace)),
                                proof::check,
                                () -> new DruidDown(services),
                                metadata.dumps())),
                step("keep-safety-copy", RestoreRun.class, new KeepSafetyCopy(copyKeeper(), started)),
                step(
                        "put-back-restore",
                        Run.class,
                        new PutBackRestore(journal, ledger, started, services, List.of(this::putBack))),
                new RollBackRestore(journal),
                new UndoRoute(clock),
                step(
                        "check-undo",
                        Run.class,
                        new CheckUndo(
                                journal,
                                copies,
                                this::prepareToGoBack,
                                whole.andThen(files::require),
                                new UndoLosses(metadata),
                                late)),
                step(
                        "stop-for-undo",
                        UndoRun.class,
                        new StopForUndo(journal, ledger, settings.stack().services(), this::prepareToGoBack)),
                step("compare-undo", UndoRun.class, new CompareUndo(journal, late)),
                step(
                        "swap-back",
                        UndoRun.class,
                        new SwapBack(journal, ledger, start, undo::swapBack, this::startsMetabase)),
                step(
                        "drop-undone",
                        UndoRun.class,
                        new DropUndone(journal, copies, started, undo::dropNew, undo::live)));
    }

    /** What finds a backup, here or in the bucket. */
    List<RoutesBuilder> selecting(BackupFolders folders, Optional<BackupFetch> bucket, DruidApi druid) {
        return new SelectionRoutes(
                        settings, stack.deepStorage(), stack.metadata().dumps(), clock)
                .of(folders, bucket, unseen(planner(druid)));
    }

    /** A plan alone is no step, so nobody sees how far it is. */
    private static Function<RestoreRun, Plan> unseen(BiFunction<RestoreRun, Meter, Plan> planner) {
        return restore -> planner.apply(restore, Meter.NONE);
    }

    /** Finishes what {@code keep-safety-copy} does for a verified restore whose process was killed before that step ended. */
    void keepSafetyCopy(Run restore) {
        if (restore.request().options(RestoreOptions.class).noStart()) {
            copyKeeper().keepUnproven(restore.mark());
            return;
        }
        stack.started().keepAll(restore.mark());
        copyKeeper().keep(restore.mark());
    }

    private void putBack(Run run) {
        prepareToGoBack(run);
        undo.putBack(run);
    }

    /** Starts the metadata store, and ends what earlier runs left in Metabase's database: before a rollback or an undo. */
    private void prepareToGoBack(Run run) {
        startMetadataStore(run);
        if (!run.request().choice().skipMetabase()) {
            stack.metabase().database().endEarlierRuns();
        }
    }

    /**
     * Starts the metadata store where it is down, waits until it answers, and ends what earlier runs left in it. Throws {@code
     * Unavailable} when it does not answer within two minutes.
     */
    private void startMetadataStore(Run run) {
        start.metadata(run.mark());
        stack.metadata().awaitReady(METADATA_STORE_LIMIT);
        stack.metadata().endEarlierRuns();
    }

    /** Starts the metadata store, and ends what earlier runs left in Metabase's database, where that is found. */
    private void startDatabases(Run run) {
        startMetadataStore(run);
        if (!run.request().choice().skipMetabase()) {
            new StackLeftovers(stack.host(), stack.metadata(), stack.metabase()).endAtMetabase();
        }
    }

    private boolean startsMetabase(Run restore) {
        return !restore.request().choice().skipMetabase() && stack.metabase().isThere();
    }

    private void awaitLeaders(DruidApi druid) {
        new Leaders(druid, settings.druid().verifyLimit()).await(new DruidDown(services));
    }

    private static LoadRules loadForever(DruidApi druid, Run run) {
        return new LoadRules(Tiers.loadForever(new Tiers(druid).get()), run.begun());
    }

    private SafetyCopyRetention copyKeeper() {
        return new SafetyCopyRetention(copies, undo::drop);
    }

    /** Plans a restore of everything or of single datasources. */
    private BiFunction<RestoreRun, Meter, Plan> planner(DruidApi druid) {
        return new RestorePlans(settings, stack, services, clock).of(druid);
    }
}
