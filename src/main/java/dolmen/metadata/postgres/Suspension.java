package dolmen.metadata.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.database.postgres.ClientFailure;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.ScriptFile;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.SuspendedSpec;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;

/** Suspends supervisors by a newer row for each, all of them or none. */
final class Suspension {
    private final PostgresClient client;
    private final String database;
    private final String table;

    Suspension(PostgresClient client, String database, TableShape table) {
        this.client = client;
        this.database = database;
        this.table = table.sql();
    }

    /** Suspends these supervisors. */
    void suspend(SortedSet<String> ids) {
        StringBuilder script = new StringBuilder();
        for (JsonNode row : newest()) {
            if (ids.contains(row.get(0).asText())) {
                script.append(insertion(
                        row.get(0).asText(), HexFormat.of().parseHex(row.get(1).asText())));
            }
        }
        run(script.toString());
    }

    private List<JsonNode> newest() {
        return client.query(
                database,
                "SELECT DISTINCT ON (spec_id) json_build_array(spec_id, encode(payload, 'hex')) FROM " + table
                        + " ORDER BY spec_id, id DESC");
    }

    private String insertion(String id, byte[] payload) {
        try {
            return "INSERT INTO " + table + " (spec_id, created_date, payload) VALUES (" + Sql.literal(id) + ", '"
                    + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "', decode('"
                    + HexFormat.of().formatHex(SuspendedSpec.of(payload)) + "', 'hex'));\n";
        } catch (IOException changed) {
            throw new IllegalStateException("the payload of supervisor " + id + " was JSON before", changed);
        }
    }

    /** Runs the statements from a file, since a spec may be longer than an argument. */
    private void run(String statements) {
        byte[] text = statements.getBytes(StandardCharsets.UTF_8);
        try (ScriptFile script = ScriptFile.of(client.temporary(), text.length, out -> out.write(text))) {
            Outcome outcome = client.load(database, script.path());
            if (!outcome.succeeded()) {
                throw ClientFailure.of("cannot suspend the supervisors in database " + database, outcome);
            }
        } catch (IOException unwritable) {
            throw new StepFailure.Failed(
                    "cannot write a script: " + unwritable, "See whether the state folder has room.", unwritable);
        }
    }
}
