package dolmen.metadata.postgres;

import dolmen.database.postgres.EarlierRuns;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.RestoreScript;
import dolmen.database.postgres.ServerInfo;
import dolmen.metadata.DatasourceRows;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DumpFit;
import dolmen.metadata.MetadataDatabase;
import dolmen.metadata.MetadataDumps;
import dolmen.metadata.MetadataServer;
import dolmen.metadata.MetadataServer.Obstacle;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Druid's metadata in PostgreSQL, by pg_dump and psql where the service runs. */
public final class PostgresMetadata implements DruidMetadata {
    /** Druid's word for it. */
    public static final String TYPE = "postgresql";

    private final Host host;
    private final MetadataSettings settings;
    private final PostgresClient client;
    private final PostgresDatabase database;

    public PostgresMetadata(Host host, MetadataSettings settings) {
        this.host = host;
        this.settings = settings;
        this.client = new PostgresClient(host, settings);
        this.database = new PostgresDatabase(host, settings, new DruidProfile(segment -> {}));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public MetadataServer server() {
        ServerInfo server = database.server();
        return new MetadataServer(
                server.version(),
                server.clientVersion(),
                !server.encoding().isEmpty(),
                server.databaseBytes(),
                tooOld(server),
                server.mayCreateDatabases()
                        ? Optional.empty()
                        : Optional.of(new Obstacle(
                                "the user may not replace database " + settings.database(),
                                "Make the user its owner and let it create databases: ALTER ROLE ... CREATEDB.")));
    }

    /** pg_dump refuses a server of a newer major version. */
    private static Optional<Obstacle> tooOld(ServerInfo server) {
        int major = major(server.version());
        return major(server.clientVersion()) < major
                ? Optional.of(new Obstacle(
                        "pg_dump " + server.clientVersion() + " is older than the server " + server.version()
                                + " and refuses to dump it",
                        "Install PostgreSQL's client programs of version " + major + "."))
                : Optional.empty();
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    @Override
    public DumpFit fit(DumpSummary dump) {
        ServerInfo server = database.server();
        List<String> objections = new ArrayList<>();
        try {
            new RestoreScript(server).check(dump);
        } catch (Refused older) {
            objections.add(older.getMessage());
        }
        if (!server.mayCreateDatabases()) {
            objections.add("the user of PostgreSQL may not replace database " + settings.database()
                    + ": it must own it, and may create databases (ALTER ROLE ... CREATEDB)");
        }
        return new DumpFit(differences(dump, server), objections);
    }

    private static List<String> differences(DumpSummary dump, ServerInfo server) {
        List<String> facts = new ArrayList<>();
        if (!server.encoding().isEmpty() && !server.encoding().equals("UTF8")) {
            facts.add("the database's encoding is " + server.encoding() + " now and UTF8 afterwards");
        }
        SortedSet<String> missing = new TreeSet<>(dump.roles());
        missing.removeAll(server.roles());
        if (!missing.isEmpty()) {
            facts.add("roles that are not here, so that the database's owner gets what is theirs: "
                    + String.join(", ", missing));
        }
        return facts;
    }

    @Override
    public Optional<String> tryOut(Path dump, DumpSummary expected, Meter meter) {
        return database.tryOut(dump, expected, meter);
    }

    @Override
    public Optional<String> systemIdentifier() {
        return database.systemIdentifier();
    }

    @Override
    public Instant time() {
        return database.time();
    }

    @Override
    public OptionalLong freeBytes() {
        return database.freeBytes();
    }

    @Override
    public boolean answers() {
        return database.answers();
    }

    @Override
    public void awaitReady(Duration limit) {
        database.awaitReady(limit);
    }

    @Override
    public List<String> endEarlierRuns() {
        return new EarlierRuns(host, settings).end();
    }

    @Override
    public DumpSummary dump(Path file, Consumer<String> warnings, Meter meter) {
        return database.dump(file, warnings, meter);
    }

    @Override
    public MetadataDumps dumps() {
        return new PostgresDumps();
    }

    @Override
    public MetadataDatabase live() {
        return new DruidTables(client, settings.database());
    }

    @Override
    public MetadataDatabase loaded(RunMark run) {
        return new DruidTables(client, database.names().fresh(run));
    }

    @Override
    public MetadataDatabase replaced(RunMark run) {
        return new DruidTables(client, database.names().old(run));
    }

    @Override
    public void load(RunMark run, Path dump, DumpSummary expected, Meter meter) {
        String side = database.names().fresh(run);
        database.createSide(side);
        database.loadSide(side, dump, expected, meter);
    }

    @Override
    public void swap(RunMark run) {
        database.swap(database.names().fresh(run), database.names().old(run));
    }

    @Override
    public void swapBack(RunMark run) {
        String kept = database.names().old(run);
        if (database.exists(kept)) {
            database.swapBack(kept, database.names().aside(run));
        }
    }

    @Override
    public void dropLoaded(RunMark run) {
        database.drop(database.names().aside(run));
        database.drop(database.names().fresh(run));
    }

    @Override
    public void dropReplaced(RunMark run) {
        database.drop(database.names().old(run));
    }

    @Override
    public SortedSet<String> leftovers() {
        return database.leftovers();
    }

    @Override
    public SortedSet<String> trials() {
        return database.trials();
    }

    @Override
    public DatasourceRows datasources() {
        return new DatasourceSwap(client, settings.database());
    }
}
