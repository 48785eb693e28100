package dolmen.metadata;

import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
            Optional<Path> changed = changed(dump);
            try {
                meter.expect(-bytes);
                return client.load(database, changed.orElse(dump), meter);
            } finally {
                if (changed.isPresent()) {
                    Files.delete(changed.get());
                }
            }
        } catch (IOException unusable) {
            throw new StepFailure.Failed(
                    "cannot prepare " + dump + ": " + unusable,
                    "See whether the dump may be read, and whether the folder for temporary files has room for it.",
                    unusable);
        }
    }

    /** The script in a temporary file (0600) when it must differ from the dump; else empty. */
    private Optional<Path> changed(Path dump) throws IOException {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            if (script.omissions(in) == 0) {
                return Optional.empty();
            }
        }
        meter.expect(Files.size(dump));
        Path changed = Files.createTempFile("dolmen-", ".sql");
        try (InputStream in = meter.reading(Files.newInputStream(dump));
                OutputStream out = Files.newOutputStream(changed)) {
            script.write(in, out);
            return Optional.of(changed);
        } catch (IOException | RuntimeException failed) {
            Files.delete(changed);
            throw failed;
        }
    }
}
