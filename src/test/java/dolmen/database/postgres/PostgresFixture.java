package dolmen.database.postgres;

import dolmen.model.Secret;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Command;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.memory.MemoryHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A throw-away PostgreSQL on a free port of the loopback, removed when the JVM
 * ends. Over TCP it asks for passwords; its socket, which plays the inside of a container, trusts.
 * The superuser is {@code postgres}; {@code druid} may create databases. Both have {@link #PASSWORD}.
 */
public final class PostgresFixture {
    /** Every kind of character that once broke a backup. */
    public static final String PASSWORD = "p@:/#%$'\"\\ x&+`{}|";

    private static final String LOCAL_SERVICE = "postgres";
    private static PostgresFixture shared;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final PostgresServer server;

    private PostgresFixture(Path programs, String... initdb) throws Exception {
        this.programs = programs;
        this.server = new PostgresServer(programs, PASSWORD, initdb);
        this.folder = server.folder();
        this.port = server.port();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> superuser("postgres", "SELECT 1").succeeded());
        execute("postgres", "CREATE ROLE druid LOGIN CREATEDB PASSWORD" + Sql.literal(PASSWORD));
    }

    /** The server that all tests of this JVM share; made at the first call. */
    public static synchronized PostgresFixture shared() throws Exception {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A server of its own, with further arguments of initdb. */
    public static PostgresFixture start(String... initdb) throws Exception {
        return new PostgresFixture(PostgresPrograms.folder(), initdb);
    }

    public int port() {
        return port;
    }

    /** The folder of the server's programs, pg_dump and psql among them. */
    public Path programsFolder() {
        return programs;
    }

    /** Settings for a local machine: TCP and a password. */
    public MetadataSettings settings(String database) {
        return settings(database, "druid", PASSWORD);
    }

    public MetadataSettings settings(String database, String user, String password) {
        return new MetadataSettings(
                LOCAL_SERVICE,
                database,
                Optional.of(user),
                Optional.of(new Secret(password)),
                Optional.of("127.0.0.1"),
                port,
                Duration.ofMinutes(2));
    }

    /** Settings that leave user and password to the container. */
    public MetadataSettings containerSettings(String database) {
        return new MetadataSettings(
                LOCAL_SERVICE,
                database,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                port,
                Duration.ofMinutes(2));
    }

    /** This machine. */
    public MemoryHost local() {
        return OwnPrograms.host(LOCAL_SERVICE, programs, Map.of());
    }

    /** This machine, where what is started is marked so. */
    MemoryHost local(Mark mark) {
        MemoryHost host = local();
        host.mark = mark;
        return host;
    }

    /** A container with these variables, whose programs reach the server without host and port. */
    public MemoryHost container(Map<String, Secret> environment, boolean overTcp) {
        String server = overTcp ? "127.0.0.1" : folder.toString();
        MemoryHost host = OwnPrograms.host(LOCAL_SERVICE, programs, Map.of("PGHOST", server, "PGPORT", "" + port));
        host.service(LOCAL_SERVICE).id = "c0ffee";
        host.service(LOCAL_SERVICE).environment = environment;
        return host;
    }

    /** A database of Druid's, filled by plain psql with a dump. */
    public void fill(String database, Path dump) {
        fill(database, "druid", "-f", dump.toString());
    }

    /** By a dump without owners: all is this role's. */
    public void fillAs(String role, String database, Path dump) {
        fill(database, role, "-c", "SET ROLE " + Sql.identifier(role), "-f", dump.toString());
    }

    private void fill(String database, String owner, String... what) {
        execute("postgres", "CREATE DATABASE " + Sql.identifier(database) + " OWNER " + Sql.identifier(owner));
        List<String> arguments = new ArrayList<>(List.of("-v", "ON_ERROR_STOP=1"));
        arguments.addAll(List.of(what));
        Outcome outcome = psql(database, OutputStream.nullOutputStream(), arguments.toArray(String[]::new));
        if (!outcome.succeeded()) {
            throw new IllegalStateException(outcome.stderr());
        }
    }

    /** Runs a statement as the superuser. */
    public void execute(String database, String sql) {
        Outcome outcome = superuser(database, sql);
        if (!outcome.succeeded()) {
            throw new IllegalStateException(outcome.stderr());
        }
    }

    /** The one value that a query gives, as text, asked by the superuser. */
    public String query(String database, String sql) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = psql(database, output, "-v", "ON_ERROR_STOP=1", "-c", sql);
        if (!outcome.succeeded()) {
            throw new IllegalStateException(outcome.stderr());
        }
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    /** Makes a tablespace, once. */
    public void tablespace(String name) throws IOException, InterruptedException {
        Path place = server.ownedFolder("tablespace-" + name);
        if (query("postgres", "SELECT 1 FROM pg_tablespace WHERE spcname =" + Sql.literal(name))
                .isEmpty()) {
            execute(
                    "postgres",
                    "CREATE TABLESPACE " + Sql.identifier(name) + " LOCATION" + Sql.literal(place.toString()));
        }
    }

    /** Opens a session that stays until it is ended. */
    public Process hold(String database) throws IOException {
        return client(database, "", "SELECT pg_sleep(600)");
    }

    /** Starts a psql that does this, in a session of this application name. */
    Process client(String database, String name, String sql) throws IOException {
        return server.client(database, name, sql);
    }

    private Outcome superuser(String database, String sql) {
        return psql(database, OutputStream.nullOutputStream(), "-v", "ON_ERROR_STOP=1", "-c", sql);
    }

    private Outcome psql(String database, OutputStream output, String... arguments) {
        List<String> all = new ArrayList<>(List.of("psql", "-X", "-q", "-A", "-t", "-U", "postgres", "-d", database));
        all.addAll(List.of(arguments));
        return container(Map.of(), false).run(LOCAL_SERVICE, new Command(all, Map.of(), Duration.ofMinutes(2)), output);
    }

    /** Ends the server and removes its folder. */
    public void stop() {
        server.stop();
    }
}
