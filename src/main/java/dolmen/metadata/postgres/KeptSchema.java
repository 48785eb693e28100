package dolmen.metadata.postgres;

import dolmen.database.postgres.ClientFailure;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.ScriptFile;
import dolmen.database.postgres.SideNames;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DruidTable;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.util.Map;

/**
 * The schema {@code dolmen_old_RUN} of the live database, in which a restore of single datasources keeps what it replaces. Also runs the
 * scripts of such a restore, each in one transaction.
 */
final class KeptSchema {
    private static final String KEPT = SideNames.KEPT_SCHEMAS;

    private final PostgresClient client;
    private final String live;

    KeptSchema(PostgresClient client, String live) {
        this.client = client;
        this.live = live;
    }

    /** Its name in SQL. */
    static String of(RunMark run) {
        return Sql.identifier(KEPT + run);
    }

    /** A WHERE clause that selects the rows of the run's datasources. */
    static String ofThese(RunMark run) {
        return " WHERE datasource IN (SELECT datasource FROM " + of(run) + ".names)";
    }

    /** Whether the run has this schema. */
    boolean exists(RunMark run) {
        return !client.query(live, "SELECT 1 FROM pg_namespace WHERE nspname =" + Sql.literal(KEPT + run))
                .isEmpty();
    }

    /** Whether the run's schema has this table. */
    boolean has(RunMark run, String table) {
        return !client.query(
                        live,
                        "SELECT 1 FROM pg_tables WHERE schemaname =" + Sql.literal(KEPT + run) + " AND tablename ="
                                + Sql.literal(table))
                .isEmpty();
    }

    /** Druid's tables, that of the segments among them, or throws {@code Refused}. */
    Map<DruidTable, TableShape> tables() {
        Map<DruidTable, TableShape> tables = new DruidTables(client, live).shapes();
        if (!tables.containsKey(DruidTable.SEGMENTS)) {
            throw new StepFailure.Refused(
                    "database " + live + " has no table of segments as Druid makes it",
                    "Start Druid once so that it makes its tables, or restore the whole backup.");
        }
        return tables;
    }

    /**
     * Runs the script that {@code content} writes, in one transaction. It goes to the server by a file, since rows and names do not fit
     * into arguments; {@code bytes} is how long that may become. Throws {@code Failed} "cannot WHAT in database ..." when the server refuses.
     */
    void load(String what, long bytes, Meter meter, ScriptFile.Content content) {
        try (ScriptFile script = ScriptFile.of(client.temporary(), bytes, content)) {
            Outcome outcome = client.load(live, script.path(), meter);
            if (!outcome.succeeded()) {
                throw ClientFailure.of("cannot " + what + " in database " + live, outcome);
            }
        } catch (IOException unusable) {
            throw new StepFailure.Failed(
                    "cannot write a script to " + what + ": " + unusable,
                    "See whether the dump may be read, and whether the state folder has room.",
                    unusable);
        }
    }
}
