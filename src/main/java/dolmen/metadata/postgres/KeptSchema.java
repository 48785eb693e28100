package dolmen.metadata.postgres;

import dolmen.database.postgres.ClientFailure;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.ScriptFile;
import dolmen.database.postgres.SideNames;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DruidTable;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.util.Map;

/**
 * The schema {@code dolmen_old_RUN} of the live database, in which a restore of single datasources keeps what it replaces, and
 * what it changes the database with: scripts that PostgreSQL runs in one transaction.
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
    static String of(String run) {
        return Sql.identifier(KEPT + run);
    }

    /** A condition that holds for the datasources of the run. */
    static String ofThese(String run) {
        return " WHERE datasource IN (SELECT datasource FROM " + of(run) + ".names)";
    }

    boolean exists(String run) {
        return !client.query(live, "SELECT 1 FROM pg_namespace WHERE nspname =" + Sql.literal(KEPT + run))
                .isEmpty();
    }

    boolean has(String run, String table) {
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

    /** By a file, since rows and names do not fit into arguments; it is at most as long as what it is made of. */
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
