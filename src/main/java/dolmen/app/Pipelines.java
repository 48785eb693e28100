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
import dolmen.metabase.MetabaseStack;
import dolmen.metadata.DruidMetadata;
import dolmen.model.BackupRun;
import dolmen.model.Run;
import dolmen.progress.RunProgress;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import dolmen.stack.StartedServices;
import dolmen.stack.StoppedServices;
import java.nio.file.Path;
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

/** Makes the collaborators from the settings and hands them to the routes. */
public final class Pipelines {
    private final Settings settings;
    private final Map<String, String> shown;
    private final CamelContext context;
    private final RunJournal journal;
    private final RunProgress progress;
    private final Clock clock;
    private final Catalog catalog;
    private final Host host;
    private final DeepStorage deepStorage;
    private final Surroundings around;
    private final StoppedServices ledger;
    private final StartedServices started;
    private final MetabaseData metabase;
    private final DruidMetadata metadata;

    public Pipelines(
            Settings settings,
            Map<String, String> shown,
            CamelContext context,
            Surroundings around,
            RunJournal journal,
            RunProgress progress) {
        this.settings = settings;
        this.shown = Map.copyOf(shown);
        this.context = context;
        this.journal = journal;
        this.progress = progress;
        this.clock = around.clock();
        this.catalog = new Catalog(settings.paths().catalog(), settings.paths().catalogMarker(), clock);
        this.host = around.host().apply(context);
        this.around = around;
        this.metadata = around.metadataStores().of(settings, host, progress::meter);
        this.deepStorage = around.deepStorages().of(settings, host, scratch());
        this.ledger = new StoppedServices(host, settings.paths().state());
        this.started = new StartedServices(host, settings.paths().state());
        this.metabase = new MetabaseData(
                new MetabaseStack(settings.metabase(), host, ledger, scratch(), progress::meter),
                around.applicationDatabases());
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
        StackInspector stack = new StackInspector(host, metadata, settings);
        OwnStack own = OwnStack.of(settings);
        BackupFolders folders = new BackupFolders(catalog, new OwnBackups(own));
        BackupFolders asking = new BackupFolders(catalog, new OwnBackups(own, stack::identity));
        List<RoutesBuilder> routes = new ArrayList<>(List.of(
                new StepFailures(settings.retry()),
                new StepTemplate(),
                new GiveUp(new DeadLetters(settings.paths().deadLetters()), shown, clock),
                new DruidHttp(settings.druid())));
        SendRoutes sending = new SendRoutes(settings, catalog, around.sendTargets(), context, progress::meter, clock);
        CatalogRoutes ofCatalog = new CatalogRoutes(
                settings,
                catalog,
                journal,
                stack::identity,
                metadata.dumps(),
                metabase,
                progress::meter,
                sending.lacked(),
                clock);
        routes.addAll(ofCatalog.all(folders, deepStorage.paths()));
        routes.addAll(sending.all());
        routes.add(ofCatalog.pruning());
        routes.addAll(backup(druid, stack, ofCatalog.place()));
        RestoreRoutes restores = restores();
        routes.addAll(restores.of(stack, druid));
        routes.addAll(restores.selecting(asking, ofCatalog.fetch(), restores.planner(stack, druid)));
        routes.addAll(StackAccess.routes(settings));
        settings.metabase().url().map(MetabaseHttp::new).ifPresent(routes::add);
        return routes;
    }

    private List<RoutesBuilder> backup(DruidApi druid, StackInspector stack, BackupDestination place) {
        ExpectedBytes guess = new ExpectedBytes(lastGood()::find, progress::meter);
        return List.of(
                new BackupRoute(clock),
                step(
                        "begin-backup",
                        Run.class,
                        new BeginBackup(catalog, place, stack::identity, new AcceptedMissing(metadata)::requireUsed)),
                step("dump-metadata", BackupRun.class, new DumpMetadata(metadata, guess)),
                step(
                        "archive-segments",
                        BackupRun.class,
                        new ArchiveSegments(deepStorage, place, guess, metadata.dumps())),
                step(
                        "match-segments",
                        BackupRun.class,
                        new MatchSegments(
                                deepStorage.paths(), settings.backup().passes(), progress::meter, metadata.dumps())),
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

    /** Ends the keeping of what a verified restore replaced, when the process was killed meanwhile. */
    void keepSafetyCopy(Run restore) {
        restores().keepSafetyCopy(restore);
    }

    private MetabaseApi metabaseApi() {
        return new MetabaseApi(
                settings.metabase().url().map(url -> MetabaseHttp.over(context.createProducerTemplate(), url)));
    }

    private RestoreRoutes restores() {
        return new RestoreRoutes(
                settings,
                host,
                metadata,
                deepStorage,
                ledger,
                started,
                metabase,
                metabaseApi(),
                journal,
                progress::meter,
                around);
    }

    /** Starts every service that is still stopped, and stops those that ran for a run alone, but for what these runs did. */
    void servicesAsBeforeBut(Set<String> marks) {
        ledger.startAllBut(marks);
        started.stopAllOfOthers(marks);
    }

    /** Starts what a backup of this process has stopped: nothing was changed there, so it can run at any time. */
    void startAfterBackup() {
        ledger.startAllOfBackupsHere();
    }

    /** Ends what killed runs have left in the stack and would go on by itself; a line for each. */
    List<String> endEarlierRuns() {
        return new StackLeftovers(host, metadata, metabase).end();
    }

    private Path scratch() {
        return settings.paths().state().resolve("scratch");
    }
}
