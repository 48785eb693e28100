package dolmen.database.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.LineStream;
import dolmen.stack.Outcome;
import dolmen.stack.ReadPosition;
import dolmen.stack.Service;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs pg_dump and psql beside the service, as the settings or the container's own environment say, so that nothing
 * prompts and no password is among the arguments.
 */
public final class PostgresClient {
    /** Databases to connect to when the live one must not be in use; the second where the first was removed. */
    private static final List<String> MAINTENANCE = List.of("postgres", "template1");

    /**
     * Gives the relations of a load to the database's owner when another user loaded them: the owners that the dump
     * names may be missing, and Druid must read and write every table.
     */
    private static final String GIVE_TO_OWNER = """
            DO $do$
            DECLARE
                owner text := (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database());
                relation record;
            BEGIN
                IF owner = current_user THEN
                    RETURN;
                END IF;
                FOR relation IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) = current_user
                    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE E'pg\\\\_%'
                    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
                LOOP
                    EXECUTE format('ALTER TABLE %s OWNER TO %I', relation.name, owner);
                END LOOP;
            END
            $do$""";

    private static final Duration QUERY_LIMIT = Duration.ofMinutes(5);

    /** Names of this machine. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** Takes the container's own password into the program's environment, inside the container. */
    private static final String WITH_PASSWORD = """
            if [ -n "${POSTGRES_PASSWORD:-}" ]; then PGPASSWORD=$POSTGRES_PASSWORD; export PGPASSWORD
            elif [ -r "${POSTGRES_PASSWORD_FILE:-}" ]; then PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); export PGPASSWORD
            fi
            exec "$@\"""";

    private final Host host;
    private final MetadataSettings settings;

    public PostgresClient(Host host, MetadataSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** Runs a program that is no client of PostgreSQL where the server runs; empty where that is another machine. */
    Optional<String> besideServer(String... arguments) {
        boolean here = settings.host().map(LOOPBACK::contains).orElse(true);
        if (!inContainer() && !here) {
            return Optional.empty();
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = host.run(settings.service(), Command.of(QUERY_LIMIT, arguments), output);
        return Optional.of(output.toString(StandardCharsets.UTF_8)).filter(text -> outcome.succeeded());
    }

    /** Where scripts lie for as long as psql reads them. */
    public Path temporary() {
        return host.mark().temporary().get();
    }

    /** True when the service is a container. */
    boolean inContainer() {
        return service().isContainer();
    }

    /** Writes a dump of the database to the stream. */
    Outcome dump(OutputStream dump) {
        List<String> arguments = program("pg_dump", settings.database());
        arguments.addAll(List.of("--format=plain", "--exclude-schema=" + SideNames.KEPT_SCHEMAS + "*"));
        return host.run(settings.service(), command(arguments, settings.limit()), dump);
    }

    /** Loads a script into a database, all of it or nothing. */
    public Outcome load(String database, Path script) {
        return load(database, script, Meter.NONE);
    }

    /** Also announces the bytes of the script, and counts them as psql reads them. */
    public Outcome load(String database, Path script, Meter meter) {
        long bytes = script.toFile().length();
        AtomicLong position = new AtomicLong();
        meter.expect(bytes);
        meter.follow(position::get);
        try {
            Outcome outcome = load(database, script, ReadPosition.stdout(position::set));
            position.set(outcome.succeeded() ? bytes : position.get());
            return outcome;
        } finally {
            meter.follow(() -> 0);
            meter.add(position.get());
        }
    }

    private Outcome load(String database, Path script, OutputStream positions) {
        return host.runWithFile(
                settings.service(),
                script,
                path -> {
                    List<String> arguments = psql(database);
                    arguments.addAll(List.of(
                            "--echo-errors",
                            "--single-transaction",
                            "--output=/dev/null",
                            "-f",
                            path,
                            "-c",
                            GIVE_TO_OWNER));
                    return command(ReadPosition.around(path, arguments), settings.limit());
                },
                positions);
    }

    /** What {@code psql --version} says: {@code 15.18}. */
    String version() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = host.run(settings.service(), Command.of(QUERY_LIMIT, "psql", "--version"), output);
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot run psql", outcome);
        }
        return output.toString(StandardCharsets.UTF_8).replaceAll("(?s)^psql \\(.*?\\) (\\S+).*", "$1");
    }

    /** The rows of queries whose only column is JSON. Each text may hold several statements: one transaction. */
    public List<JsonNode> query(String database, String... sql) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = run(database, QUERY_LIMIT, output, sql);
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot query database " + database + " of " + settings.service(), outcome);
        }
        return rows(output);
    }

    /** Streams the rows of a query in COPY's text format, with flat memory here and in psql. */
    public void stream(String database, String query, Consumer<byte[]> rows) {
        copyOut(database, "(" + query + ")", rows);
    }

    /** Streams a table, or a query in parentheses, after statements that set how its rows are written. */
    public void copyOut(String database, String source, Consumer<byte[]> rows, String... before) {
        List<String> sql = new ArrayList<>(List.of(before));
        sql.add("COPY " + source + " TO STDOUT");
        Outcome outcome = run(database, settings.limit(), new LineStream(rows), sql.toArray(String[]::new));
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot read database " + database + " of " + settings.service(), outcome);
        }
    }

    /** Queries without being connected to the live database. */
    List<JsonNode> maintain(String... sql) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = administer(QUERY_LIMIT, output, sql);
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot query " + settings.service(), outcome);
        }
        return rows(output);
    }

    private static List<JsonNode> rows(ByteArrayOutputStream output) {
        return output.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(PostgresClient::json)
                .toList();
    }

    /** Runs statements without being connected to the live database. */
    Outcome administer(Duration limit, OutputStream output, String... sql) {
        Outcome outcome = run(MAINTENANCE.get(0), limit, output, sql);
        boolean absent = outcome.stderr().contains("database \"" + MAINTENANCE.get(0) + "\" does not exist");
        return absent ? run(MAINTENANCE.get(1), limit, output, sql) : outcome;
    }

    /** Runs statements; each text is one transaction of its own. */
    Outcome run(String database, Duration limit, OutputStream output, String... sql) {
        List<String> arguments = psql(database);
        for (String text : sql) {
            arguments.add("-c");
            arguments.add(text);
        }
        return host.run(settings.service(), command(arguments, limit), output);
    }

    private List<String> psql(String database) {
        List<String> arguments = program("psql", database);
        arguments.addAll(List.of("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"));
        return arguments;
    }

    private List<String> program(String name, String database) {
        Service service = service();
        List<String> arguments = new ArrayList<>();
        if (takesOwnPassword(service)) {
            arguments.addAll(List.of("sh", "-c", WITH_PASSWORD, "sh"));
        }
        arguments.addAll(List.of(name, "--no-password", "-U", user(service)));
        if (!service.isContainer()) {
            arguments.addAll(List.of("-h", settings.host().orElse("localhost"), "-p", "" + settings.port()));
        }
        arguments.addAll(List.of("-d", connection(database)));
        return arguments;
    }

    private Command command(List<String> arguments, Duration limit) {
        Map<String, Secret> environment = new TreeMap<>();
        environment.put("LC_ALL", new Secret("C"));
        environment.put("PGCONNECT_TIMEOUT", new Secret("10"));
        environment.put("PGOPTIONS", new Secret(""));
        environment.put("PGAPPNAME", new Secret(host.mark().word()));
        if (arguments.contains("psql")) {
            environment.put("PGCLIENTENCODING", new Secret("UTF8"));
        }
        settings.password().ifPresent(password -> environment.put("PGPASSWORD", password));
        return new Command(arguments, environment, limit);
    }

    private boolean takesOwnPassword(Service service) {
        boolean sameUser = settings.user().isEmpty()
                || settings.user().equals(service.variable("POSTGRES_USER").filter(name -> !name.isBlank()));
        return service.isContainer() && settings.password().isEmpty() && sameUser;
    }

    private String user(Service service) {
        Optional<String> own = service.isContainer() ? service.variable("POSTGRES_USER") : Optional.empty();
        return settings.user()
                .or(() -> own)
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new StepFailure.Unusable(
                        "no user is set for PostgreSQL of " + settings.service()
                                + (service.isContainer() ? ", and its container has no POSTGRES_USER" : ""),
                        "Set the user, for Druid's metadata with dolmen.metadata.user."));
    }

    private Service service() {
        if (settings.database().isBlank()) {
            throw new StepFailure.Unusable(
                    "no database is set for PostgreSQL of " + settings.service(),
                    "Set the database, for Druid's metadata with dolmen.metadata.database.");
        }
        return host.find(settings.service())
                .orElseThrow(() -> new StepFailure.Failed(
                        "there is no service " + settings.service(),
                        "See whether the settings name the service that runs PostgreSQL."));
    }

    /** The database as libpq takes it: names that would look like a connection string are spelled out as one. */
    private static String connection(String database) {
        if (database.matches("[\\w-]+")) {
            return database;
        }
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Reads a row whose only column is JSON; any other is a bug of the query, {@code IllegalStateException}. */
    public static JsonNode json(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException wrong) {
            throw new IllegalStateException("psql answered what was not asked for", wrong);
        }
    }
}
