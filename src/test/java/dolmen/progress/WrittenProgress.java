package dolmen.progress;

import dolmen.model.Json;
import dolmen.model.ProgressState;
import dolmen.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The progress of a process that writes it to its file at every change. */
abstract class WrittenProgress {
    static final RunId BACKUP = new RunId("20261124-020000-001-backup");

    @TempDir
    Path state;

    Path file;
    RunProgress progress;

    @BeforeEach
    void begins() {
        file = state.resolve("progress.json");
        progress = new RunProgress(state, Clock.systemUTC(), Display.NONE, Duration.ofMillis(1));
    }

    ProgressState await(long done) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Files.exists(file) && read().bytesDone() == done);
        return read();
    }

    ProgressState read() {
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), ProgressState.class);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
