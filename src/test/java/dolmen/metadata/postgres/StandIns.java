package dolmen.metadata.postgres;

import dolmen.database.postgres.OwnPrograms;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.Stores;
import dolmen.settings.MetadataSettings;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Programs that stand in for those of PostgreSQL. */
abstract class StandIns {
    @TempDir
    Path folder;

    @TempDir
    Path programs;

    PostgresDatabase store;
    Path file;

    @BeforeEach
    void start() throws IOException {
        store = store(Duration.ofMinutes(1));
        file = Files.writeString(folder.resolve("dump.sql"), "the last good one");
    }

    PostgresDatabase store(Duration limit) {
        MetadataSettings settings = new MetadataSettings(
                "postgres", "druid", Optional.of("druid"), Optional.empty(), Optional.empty(), 5432, limit);
        return Stores.druid(host(), settings);
    }

    MemoryHost host() {
        return OwnPrograms.host("postgres", programs, Map.of());
    }

    void program(String name, String script) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
