package dolmen.restore;

import dolmen.archive.SafeFiles;
import dolmen.database.postgres.PostgresFixture;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StackIdentity;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import dolmen.settings.SegmentsSettings;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import dolmen.stack.local.LocalHost;
import dolmen.stack.local.LocalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A stack of this machine: a database of the shared PostgreSQL filled with a script's dump, a shared folder, and
 * services that are files while they run. Its backup is a folder with a dump and an archive.
 */
public final class PlainStack {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");
    private static int count;

    public final PostgresFixture postgres;
    public final String database = "plan" + count++;
    public final Path home;
    public final Path shared;
    public final LocalHost host;
    public final DruidMetadata metadata;
    public final DeepStorage storage;
    public final StoppedServices ledger;
    RestoreSettings settings = new RestoreSettings(1, true, Supervisors.AUTO);
    Optional<String> druidVersion = Optional.of("25.0.0");
    Optional<SortedSet<String>> tiers = Optional.empty();
    List<String> down = List.of();
    List<String> containers = List.of();

    public PlainStack(Path home, PostgresFixture postgres) throws IOException {
        this.home = home;
        this.postgres = postgres;
        this.shared = Files.createDirectories(home.resolve("shared/segments")).getParent();
        Path state = Files.createDirectories(home.resolve("state"));
        Path down = Files.createDirectories(home.resolve("down"));
        this.host = new LocalHost(LocalSettings.of(
                Duration.ofSeconds(20),
                "rm -f " + down + "/{service}",
                "touch " + down + "/{service}",
                "test ! -e " + down + "/{service}"));
        this.metadata = new PostgresMetadata(host, postgres.settings(database));
        this.storage = storage(host);
        this.ledger = new StoppedServices(host, state);
    }

    /** Deep storage, reached through another host. */
    DeepStorage storage(Host on) {
        return new LocalDeepStorage(
                on,
                new SegmentsSettings("historical", shared.toString(), Optional.empty(), List.of()),
                home.resolve("state/scratch"));
    }

    /** Fills the database, its load specs naming the shared folder of this stack. */
    public PlainStack filled() {
        postgres.fill(database, SCRIPT);
        sql("UPDATE druid_segments SET payload ="
                + " convert_to(replace(convert_from(payload, 'UTF8'), '/opt/shared', '" + shared + "'), 'UTF8')");
        return this;
    }

    public void sql(String statement) {
        postgres.execute(database, statement);
    }

    /** A row of a supervisor that feeds a datasource from a stream. */
    void supervisor(String id, boolean suspended) {
        sql(StreamRows.supervisor(id, suspended));
    }

    /** The stored offset of a datasource's only partition. */
    void offset(String datasource, long offset) {
        sql(StreamRows.offset(datasource, offset));
    }

    /** A backup of the database as it is, of this stack. */
    BackupContents backup() {
        return backup(metadata.systemIdentifier());
    }

    /** A backup of the database as it is without a manifest, as a script makes it. */
    BackupContents files() {
        return backup(Optional.empty());
    }

    /** A backup of the database as it is, with a manifest of the stack of this system identifier. */
    BackupContents backup(Optional<String> systemIdentifier) {
        Path folder = SafeFiles.folder(home.resolve("backup"));
        DumpSummary dump = metadata.dump(folder.resolve(Artifact.METADATA_DUMP), warning -> {}, Meter.NONE);
        return examined(folder, dump, systemIdentifier);
    }

    /** A backup of the database as it is, with a manifest of this stack. */
    BackupContents backupOf(StackIdentity stack) {
        BackupContents found = backup(Optional.empty());
        return BackupContents.begin(
                        found.folder(), Optional.of(PlainManifest.of("").of(stack)))
                .withDump(found.dump().orElseThrow())
                .withArchive("opt/shared", found.coverage().orElseThrow(), found.files(), found.bytes());
    }

    /** What verifying a folder with this dump finds out. */
    static BackupContents examined(Path folder, DumpSummary dump, Optional<String> systemIdentifier) {
        long used = dump.usedSegments();
        return BackupContents.begin(folder, systemIdentifier.map(PlainManifest::of))
                .withDump(dump)
                .withArchive("opt/shared", new Coverage(used, used, List.of()), 54, 1_234_567);
    }

    /** What verifying this very dump finds out. */
    BackupContents backupOf(String dump) throws IOException {
        Path folder = Files.createDirectories(home.resolve("backup"));
        Path file = Files.writeString(folder.resolve(Artifact.METADATA_DUMP), dump);
        return examined(folder, new PostgresDumps().read(file, segment -> {}), Optional.empty());
    }

    /** A restore that begins now; two in one millisecond would have the same mark. */
    RestoreRun restore(BackupContents backup) {
        RunRequest request = RunRequest.of(Operation.RESTORE, Origin.COMMAND);
        return RestoreRun.begin(Run.begin(request, Instant.now()), backup);
    }

    Plan plan(BackupContents backup) {
        return plan(restore(backup));
    }

    /** What a person is told who consents to lose what is not Druid's. */
    Plan planLosingForeign(BackupContents backup) {
        RunRequest request = Restoring.newest().losingForeign().request();
        return plan(RestoreRun.begin(Run.begin(request, Instant.now()), backup));
    }

    Plan plan(RestoreRun restore) {
        return PlainPlanner.of(this).apply(restore, Meter.NONE);
    }

    /** The settings of a Dolmen for this stack, whose Druid does not answer. */
    public Settings application() {
        return Settings.from(PlainSettings.source(this));
    }

    /** The settings of {@link #application}, key by key. */
    public Map<String, String> properties() {
        return PlainSettings.of(this);
    }

    StackIdentity identity() {
        return new StackIdentity(
                Optional.empty(),
                metadata.systemIdentifier(),
                Optional.of(database),
                Optional.of(shared.toString()),
                Optional.of("here"),
                new TreeMap<>());
    }

    MetabaseData metabase() {
        return metabase(host, MetabaseSettings.Kind.NONE, Optional.empty());
    }

    MetabaseData metabase(Host on, MetabaseSettings.Kind kind, Optional<String> file) {
        return PlainMetabase.of(this, on, kind, file);
    }
}
