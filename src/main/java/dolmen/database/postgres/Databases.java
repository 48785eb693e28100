package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, renames and drops databases of one server. Whatever is refused leaves all of them as they were. */
public final class Databases {
    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Each attempt waits up to five seconds on the server for sessions to end. */
    private static final int ATTEMPTS = 6;

    private static final String IN_USE = "55006";

    private final PostgresClient client;
    private final String live;

    public Databases(PostgresClient client, String live) {
        this.client = client;
        this.live = live;
    }

    boolean exists(String database) {
        return names().contains(database);
    }

    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        client.maintain("SELECT to_json(datname) FROM pg_database").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** An empty database in UTF-8 with the owner, collation, rights and settings of the live one, where there is one. */
    void create(String database) {
        drop(database);
        JsonNode model = client.maintain("SELECT json_build_object("
                        + "'owner', coalesce(pg_get_userbyid(l.datdba), current_user),"
                        + "'template', pg_encoding_to_char(t.encoding),"
                        + "'encoding', pg_encoding_to_char(l.encoding),"
                        + "'provider', coalesce(to_json(l) ->> 'datlocprovider', 'c'),"
                        + "'collate', l.datcollate, 'ctype', l.datctype)"
                        + " FROM pg_database t LEFT JOIN pg_database l ON l.datname =" + Sql.literal(live)
                        + " WHERE t.datname = 'template0'")
                .get(0);
        String sql = "CREATE DATABASE " + Sql.identifier(database) + " OWNER "
                + Sql.identifier(model.path("owner").asText()) + " TEMPLATE template0 ENCODING 'UTF8'" + locale(model);
        require("cannot create database " + database, administer(sql));
        new DatabaseProperties(client).copy(live, database);
        LOG.info("created database {}", database);
    }

    private static String locale(JsonNode model) {
        boolean likeLive = model.path("encoding").asText().equals("UTF8");
        if (likeLive && model.path("provider").asText().equals("c")) {
            return " LC_COLLATE" + Sql.literal(model.path("collate").asText()) + " LC_CTYPE"
                    + Sql.literal(model.path("ctype").asText());
        }
        boolean byDefault = likeLive || model.path("template").asText().equals("UTF8");
        return byDefault ? "" : " LC_COLLATE 'C' LC_CTYPE 'C'";
    }

    /** Drops a database that a restore made; any other name is a bug. Repeatable. */
    void drop(String database) {
        if (!SideNames.isOurs(database) || database.equals(live)) {
            throw new IllegalArgumentException("not a database of a restore: " + database);
        }
        if (!exists(database)) {
            return;
        }
        untilFree(
                "cannot drop database " + database,
                endSessions(database),
                "DROP DATABASE IF EXISTS " + Sql.identifier(database));
        LOG.info("dropped database {}", database);
    }

    /** In one transaction: renames pairs of databases after their sessions were ended. */
    void rename(List<Renaming> renamings) {
        StringBuilder sql = new StringBuilder();
        renamings.forEach(renaming -> sql.append(endSessions(renaming.from())).append("; "));
        for (Renaming renaming : renamings) {
            sql.append("ALTER DATABASE ")
                    .append(Sql.identifier(renaming.from()))
                    .append(" RENAME TO ")
                    .append(Sql.identifier(renaming.to()))
                    .append("; ");
        }
        untilFree("cannot rename " + renamings, sql.toString());
        LOG.info("renamed {}", renamings);
    }

    /** From one name to another. */
    record Renaming(String from, String to) {
        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /**
     * The sessions are ended and the database is renamed in one query, so that there is hardly a moment for a client
     * that connects again at once: as soon as the server has locked the name, new sessions wait. Closing the database
     * to connections instead would leave it closed when this process is killed.
     */
    private void untilFree(String tried, String... sql) {
        Outcome outcome = administer(sql);
        for (int attempt = 1; attempt < ATTEMPTS && ClientFailure.code(outcome).equals(IN_USE); attempt++) {
            LOG.warn("a database was still in use, attempt {} of {}", attempt, ATTEMPTS);
            outcome = administer(sql);
        }
        if (ClientFailure.code(outcome).equals(IN_USE)) {
            throw new StepFailure.Failed(
                    tried + ": other sessions keep connecting; nothing was changed",
                    "Stop what uses the database: Druid's coordinator and overlord, Metabase, monitoring.");
        }
        require(tried, outcome);
    }

    private Outcome administer(String... sql) {
        return client.administer(LIMIT, OutputStream.nullOutputStream(), sql);
    }

    private static void require(String tried, Outcome outcome) {
        if (!outcome.succeeded()) {
            throw ClientFailure.of(tried, outcome);
        }
    }

    /** Those of clients: PostgreSQL's own, such as autovacuum, have no user, and the server ends them itself. */
    private static String endSessions(String database) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND usesysid IS NOT NULL AND datname =" + Sql.literal(database);
    }
}
