package dolmen.app;

import static shared.StepRoute.step;

import backup.BackupRoute;
import backup.ReadBackBackup;
import dolmen.backup.AcceptedMissing;
import dolmen.backup.ArchiveMetabase;
import dolmen.backup.ArchiveSegments;
import dolmen.backup.BeginBackup;
import dolmen.backup.CompareWithDruid;
import dolmen.backup.DumpMetadata;
import dolmen.backup.ExpectedBytes;
import dolmen.backup.MatchSegments;
import dolmen.backup.PublishBackup;
import dolmen.backup.StackInspector;
import dolmen.backup.WriteManifest;
import dolmen.catalog.BackupDestination;
import dolmen.catalog.BackupFolders;
import dolmen.catalog.Catalog;
import dolmen.catalog.LastGood;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.deepstorage.DeepStorage;
import dolmen.druid.Agreement;
import dolmen.druid.DruidApi;
import dolmen.druid.RowCounts;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.model.BackupRun;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import shared.DruidGateway;
import shared.DruidHttp;
import shared.GiveUp;
import shared.MetabaseHttp;
import shared.StepFailures;
import shared.StepTemplate;

/** Makes the parts of Dolmen (catalog, host, metadata store, deep storage and so on) from the settings, and the routes from them. */
final class Pipelines {
    private final Settings settings;
    private final Map<String, String> shown;
    private final CamelContext context;
    private final RunJournal journal;
    private final Clock clock;
    private final Catalog catalog;
    private final Surroundings around;
    private final Stack stack;

    public Pipelines(
            Settings settings,
            Map<String, String> shown,
            CamelContext context,
            Surroundings around,
            RunJournal journal) {
        this.settings = settings;
        this.shown = Map.copyOf(shown);
        this.context = context;
        this.journal = journal;
        this.clock = around.clock();
        this.catalog = new Catalog(settings.paths().catalog(), settings.paths().catalogMarker(), clock);
        this.around = around;
        this.stack = Stack.of(settings, context, around);
    }

    Catalog catalog() {
        return catalog;
    }

    LastGood lastGood() {
        return LastGood.of(settings, clock);
    }

    /** The routes of all pipelines; not those that begin runs by themselves. */
    public List<RoutesBuilder> routes() {
        DruidApi druid = new DruidApi(DruidGateway.over(context.createProducerTemplate()), settings.druid());
        StackInspector inspector = stack.inspector(settings);
        OwnStack own = OwnStack.of(settings);
        BackupFolders folders = new BackupFolders(catalog, new OwnBackups(own));
        BackupFolders byLiveStack = new BackupFolders(catalog, new OwnBackups(own, inspector::identity));
        List<RoutesBuilder> routes = new ArrayList<>(List.of(
                new StepFailures(settings.retry()),
                new StepTemplate(),
                new GiveUp(new DeadLetters(settings.paths().deadLetters()), shown, clock),
                new DruidHttp(settings.druid())));
        SendRoutes sending = new SendRoutes(settings, catalog, around.sendTargets(), context, clock);
        CatalogRoutes ofCatalog = new CatalogRoutes(settings, catalog, journal, stack, sending.lacked(), clock);
        routes.addAll(ofCatalog.all(folders));
        routes.addAll(sending.all());
        routes.add(ofCatalog.pruning());
        routes.addAll(backup(druid, inspector, ofCatalog.place()));
        RestoreRoutes restores = restores();
        routes.addAll(restores.of(druid));
        routes.addAll(restores.selecting(byLiveStack, ofCatalog.fetch(), druid));
        routes.addAll(StackAccess.routes(settings));
        settings.metabase().url().map(MetabaseHttp::new).ifPresent(routes::add);
        return routes;
    }

    private List<RoutesBuilder> backup(DruidApi druid, StackInspector inspector, BackupDestination place) {
        DruidMetadata metadata = stack.metadata();
        DeepStorage deepStorage = stack.deepStorage();
        MetabaseData metabase = stack.metabase();
        ExpectedBytes guess = new ExpectedBytes(lastGood()::find);
        return List.of(
                new BackupRoute(clock),
                step(
                        "begin-backup",
                        Run.class,
                        new BeginBackup(
                                catalog, place, inspector::identity, new AcceptedMissing(metadata)::requireUsed)),
                step("dump-metadata", BackupRun.class, new DumpMetadata(metadata, guess)),
                step(
                        "archive-segments",
                        BackupRun.class,
                        new ArchiveSegments(deepStorage, place, guess, metadata.dumps())),
                step(
                        "match-segments",
                        BackupRun.class,
                        new MatchSegments(deepStorage.paths(), settings.backup().passes(), metadata.dumps())),
                step("archive-metabase", BackupRun.class, new ArchiveMetabase(metabase, metabaseApi(), guess)),
                step(
                        "compare-with-druid",
                        BackupRun.class,
                        new CompareWithDruid(
                                new Agreement(
                                        druid,
                                        (datasources, ids) -> metadata.live().unusedSegments(datasources, ids),
                                        new RowCounts(druid, settings.backup().countLimit(), around.pace())),
                                metadata.dumps())),
                step(
                        "write-manifest",
                        BackupRun.class,
                        new WriteManifest(catalog, lastGood()::of, DolmenVersion.text(), metabase.service(), clock)),
                new ReadBackBackup(catalog, place.isHere() && settings.backup().readBack()),
                step("publish-backup", BackupRun.class, new PublishBackup(place, OwnStack.of(settings))));
    }

    /** As {@link RestoreRoutes#keepSafetyCopy}. */
    void keepSafetyCopy(Run restore) {
        restores().keepSafetyCopy(restore);
    }

    private MetabaseApi metabaseApi() {
        return new MetabaseApi(
                settings.metabase().url().map(url -> MetabaseHttp.over(context.createProducerTemplate(), url)));
    }

    private RestoreRoutes restores() {
        return new RestoreRoutes(settings, stack, metabaseApi(), journal, around);
    }

    /** Starts what runs have stopped, and stops what they have started for themselves; the runs of these marks are left out. */
    void servicesAsBeforeBut(Set<RunMark> marks) {
        stack.stopped().startAllBut(marks);
        stack.started().stopAllOfOthers(marks);
    }

    /** Starts what a backup of this process has stopped: a backup changes nothing there, so it may run at any time. */
    void startAfterBackup() {
        stack.stopped().startAllOfBackupsHere();
    }

    /** Ends containers, programs and sessions that killed runs have left and that would go on by themselves; a line for each. */
    List<String> endEarlierRuns() {
        return new StackLeftovers(stack.host(), stack.metadata(), stack.metabase()).end();
    }
}
