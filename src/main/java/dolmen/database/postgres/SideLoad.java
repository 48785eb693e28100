package dolmen.database.postgres;

import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One dump on its way into an empty database by psql, all of it or nothing. Counted are the bytes that are read: to find
 * what the target cannot take, to leave that out when there is any, and by psql.
 */
final class SideLoad {
    private final PostgresClient client;
    private final RestoreScript script;
    private final Meter meter;

    SideLoad(PostgresClient client, RestoreScript script, Meter meter) {
        this.client = client;
        this.script = script;
        this.meter = meter;
    }

    Outcome load(String database, Path dump) {
        try {
            long bytes = Files.size(dump);
            meter.expect(2 * bytes);
            if (isUnchanged(dump)) {
                meter.expect(-bytes);
                return client.load(database, dump, meter);
            }
            meter.expect(bytes);
            try (ScriptFile changed = ScriptFile.of(client.temporary(), bytes, out -> write(dump, out))) {
                meter.expect(-bytes);
                return client.load(database, changed.path(), meter);
            }
        } catch (IOException unusable) {
            throw new StepFailure.Failed(
                    "cannot prepare " + dump + ": " + unusable,
                    "See whether the dump may be read, and whether the state folder has room for it.",
                    unusable);
        }
    }

    private boolean isUnchanged(Path dump) throws IOException {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            return script.omissions(in) == 0;
        }
    }

    private void write(Path dump, OutputStream out) throws IOException {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            script.write(in, out);
        }
    }
}
