package dolmen.restore;

import dolmen.app.ApplicationDatabases;
import dolmen.database.postgres.PostgresFixture;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.DumpSummary;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StackIdentity;
import dolmen.model.Transport;
import dolmen.model.Versions;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import dolmen.settings.SegmentsSettings;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.settings.StackSettings;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import dolmen.stack.local.LocalHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
        this.host = new LocalHost(new StackSettings(
                StackSettings.Kind.LOCAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("touch " + down + "/{service}"),
                Optional.of("rm -f " + down + "/{service}"),
                Optional.of("test ! -e " + down + "/{service}"),
                Duration.ofSeconds(20),
                "unix:///var/run/docker.sock",
                Optional.empty()));
        this.metadata = new PostgresMetadata(host, postgres.settings(database), () -> Meter.NONE);
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
        sql("INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('" + id
                + "', '2026-11-24T02:00:00.000Z', convert_to('{\"type\":\"kafka\",\"spec\":{\"dataSchema\":{\"dataSource\":\""
                + id + "\"}},\"suspended\":" + suspended + "}', 'UTF8'))");
    }

    /** The stored offset of a datasource's only partition. */
    void offset(String datasource, long offset) {
        sql("DELETE FROM druid_datasource WHERE datasource = '" + datasource + "';"
                + "INSERT INTO druid_datasource VALUES ('" + datasource + "', '2026-11-24T02:00:00.000Z',"
                + " convert_to('{\"type\":\"kafka\",\"partitions\":{\"partitionOffsetMap\":{\"0\":" + offset
                + "}}}', 'UTF8'), 'sum')");
    }

    /** A backup of the database as it is, of this stack. */
    BackupContents backup() {
        return backup(metadata.systemIdentifier());
    }

    /** The same without a manifest, as a script makes it. */
    BackupContents files() {
        return backup(Optional.empty());
    }

    /** The same, with a manifest of the stack of this system identifier. */
    BackupContents backup(Optional<String> systemIdentifier) {
        Path folder = home.resolve("backup");
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        DumpSummary dump = metadata.dump(folder.resolve(Artifact.METADATA_DUMP), warning -> {});
        return examined(folder, dump, systemIdentifier);
    }

    /** The same, with a manifest of this stack. */
    BackupContents backupOf(StackIdentity stack) {
        BackupContents found = backup(Optional.empty());
        DumpSummary dump = found.dump().orElseThrow();
        return BackupContents.begin(found.folder(), Optional.of(manifest("").of(stack)))
                .withDump(dump)
                .withArchive("opt/shared", found.coverage().orElseThrow(), found.files(), found.bytes());
    }

    /** What verifying a folder with this dump finds out. */
    static BackupContents examined(Path folder, DumpSummary dump, Optional<String> systemIdentifier) {
        long used = dump.usedSegments();
        return BackupContents.begin(folder, systemIdentifier.map(PlainStack::manifest))
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

    /** The same for a person who consents to lose what is not Druid's. */
    Plan planLosingForeign(BackupContents backup) {
        RunRequest request = Restoring.newest().losingForeign().request();
        return plan(RestoreRun.begin(Run.begin(request, Instant.now()), backup));
    }

    Plan plan(RestoreRun restore) {
        TargetReader reader = new TargetReader(
                metadata, this::identity, storage.paths(), new RulesPlan(() -> tiers, Clock.systemUTC()));
        RestorePlanner planner = new RestorePlanner(
                reader,
                List.of(
                        new MetadataPlan(metadata, settings),
                        new ForeignPlan(),
                        new SupervisorsPlan(settings),
                        new SegmentsPlan(storage),
                        new MetabasePlan(metabase(), home.resolve("state")),
                        new StackPlan(() -> druidVersion, () -> down, () -> containers)));
        return planner.apply(restore);
    }

    /** The settings of a Dolmen for this stack, whose Druid does not answer. */
    public Settings application() {
        Properties properties = new Properties();
        properties.putAll(properties());
        return Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
    }

    /** The same, key by key. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        Path down = home.resolve("down");
        Map.ofEntries(
                        Map.entry("catalog.path", home.resolve("catalog")),
                        Map.entry("inbox.path", home.resolve("inbox")),
                        Map.entry("dead-letter.path", home.resolve("dead-letter")),
                        Map.entry("state.path", home.resolve("state")),
                        Map.entry("stack.kind", "local"),
                        Map.entry("stack.services", "historical,coordinator"),
                        Map.entry("stack.stop-command", "touch " + down + "/{service}"),
                        Map.entry("stack.start-command", "rm -f " + down + "/{service}"),
                        Map.entry("stack.running-command", "test ! -e " + down + "/{service}"),
                        Map.entry("metadata.database", database),
                        Map.entry("metadata.user", "druid"),
                        Map.entry("metadata.password", PostgresFixture.PASSWORD),
                        Map.entry("metadata.host", "127.0.0.1"),
                        Map.entry("metadata.port", postgres.port()),
                        Map.entry("segments.path", shared),
                        Map.entry("segments.caches", "historical:" + home.resolve("cache")),
                        Map.entry("metabase.kind", "none"),
                        Map.entry("druid.url", "http://127.0.0.1:9"),
                        Map.entry("druid.call-limit", "1s"),
                        Map.entry("druid.verify-limit", "1s"),
                        Map.entry("retry.attempts", "1"))
                .forEach((key, value) -> properties.put("dolmen." + key, value.toString()));
        return properties;
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
        MetabaseSettings metabase = new MetabaseSettings(
                kind,
                "metabase",
                file,
                "postgres",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5432,
                Optional.empty(),
                Duration.ofMinutes(1));
        return new MetabaseData(
                new MetabaseStack(metabase, on, ledger, home.resolve("state/scratch")), ApplicationDatabases.kinds());
    }

    private static Manifest manifest(String systemIdentifier) {
        return new Manifest(
                Manifest.FORMAT,
                new Label("20261124-020000"),
                Kind.FULL,
                Instant.parse("2026-11-24T02:00:00Z"),
                Instant.parse("2026-11-24T02:01:00Z"),
                new StackIdentity(Optional.of("there"), Optional.of(systemIdentifier), new TreeMap<>()),
                Layout.TAR,
                new Versions("1", Optional.of("25.0.0"), "15.4", "15.4", Optional.empty()),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new Coverage(0, 0, List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Transport.MOUNT),
                new TreeMap<>(),
                List.of(),
                Manifest.VERIFIED,
                List.of());
    }
}
