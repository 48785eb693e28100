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
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private final Process server;

    private PostgresFixture(Path programs, String... initdb) throws Exception {
        this.programs = programs;
        this.folder = Files.createTempDirectory("dolmen-postgres-");
        this.port = freePort();
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        runQuietly("chown", "-R", account(), folder.toString());
        List<String> arguments = new ArrayList<>(List.of(
                "initdb",
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--auth-local=trust",
                "--no-sync",
                "-D",
                data(),
                "--pwfile=" + password));
        arguments.addAll(List.of(initdb));
        Process initialization = asAccount(arguments);
        if (!initialization.waitFor(120, TimeUnit.SECONDS) || initialization.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("initdb.log"), StandardCharsets.UTF_8));
        }
        this.server = asAccount(List.of(
                "postgres",
                "-D",
                data(),
                "-p",
                "" + port,
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "shared_buffers=16MB",
                "-c",
                "max_connections=60"));
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

    /** The same with a dump without owners: all is this role's. */
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
        Path place = Files.createDirectories(folder.resolve("tablespace-" + name));
        runQuietly("chown", account(), place.toString());
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
        ProcessBuilder client = new ProcessBuilder(
                        programs.resolve("psql").toString(),
                        "-X",
                        "-h",
                        folder.toString(),
                        "-p",
                        "" + port,
                        "-U",
                        "druid",
                        "-d",
                        database,
                        "-c",
                        sql)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        client.environment().put("PGAPPNAME", name);
        return client.start();
    }

    private Outcome superuser(String database, String sql) {
        return psql(database, OutputStream.nullOutputStream(), "-v", "ON_ERROR_STOP=1", "-c", sql);
    }

    private Outcome psql(String database, OutputStream output, String... arguments) {
        List<String> all = new ArrayList<>(List.of("psql", "-X", "-q", "-A", "-t", "-U", "postgres", "-d", database));
        all.addAll(List.of(arguments));
        return container(Map.of(), false).run(LOCAL_SERVICE, new Command(all, Map.of(), Duration.ofMinutes(2)), output);
    }

    /** Ends the server by its process id and removes its folder. */
    public void stop() {
        try {
            runQuietly("bash", "-c", "kill -INT " + server.pid());
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            runQuietly("rm", "-rf", folder.toString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root. */
    private Process asAccount(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + account(), "--regid=" + group(), "--clear-groups"));
        }
        all.add(programs.resolve(arguments.get(0)).toString());
        all.addAll(arguments.subList(1, arguments.size()));
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(arguments.get(0) + ".log").toFile())
                .start();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String account() throws IOException {
        if (!isRoot()) {
            return System.getProperty("user.name");
        }
        boolean known =
                Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:"));
        return known ? "postgres" : "nobody";
    }

    private static String group() throws IOException {
        return account().equals("postgres") ? "postgres" : "nogroup";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void runQuietly(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
