package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.stories.DolmenCommand;
import dolmen.stories.EndedTriggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Dolmen of its own process that serves an inbox. */
abstract class TriggerStory {
    static final Duration LIMIT = Duration.ofMinutes(2);
    static final Path GOOD = Path.of("src/test/resources/backups/script-backup").toAbsolutePath();

    @TempDir
    Path home;

    DolmenCommand dolmen;
    Path inbox;
    Process served;

    @BeforeEach
    void an_inbox() {
        dolmen = new DolmenCommand(home).with("dolmen.stack.kind", "local").with("dolmen.inbox.poll", "0.2s");
        inbox = SafeFiles.folder(home.resolve("inbox"));
    }

    @AfterEach
    void ends() throws InterruptedException {
        if (served != null) {
            served.destroyForcibly().waitFor();
        }
    }

    void serve() throws Exception {
        served = dolmen.serve();
        Awaitility.await().atMost(LIMIT).until(() -> {
            assertThat(served.isAlive()).as(() -> log()).isTrue();
            return log().contains("dolmen is up");
        });
    }

    String log() {
        try {
            return Files.readString(home.resolve("serve.log"));
        } catch (IOException none) {
            return "";
        }
    }

    Path report(String trigger) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !EndedTriggers.ending(inbox, trigger + ".report.txt").isEmpty());
        return EndedTriggers.ending(inbox, trigger + ".report.txt").get(0);
    }

    /** The trigger is moved a moment after its report was written. */
    void nothingIsTaken() {
        Awaitility.await().atMost(LIMIT).until(() -> names("running").isEmpty());
    }

    List<Path> reports() {
        return EndedTriggers.ending(inbox, ".report.txt");
    }

    List<String> names(String folder) {
        return SafeFiles.list(inbox.resolve(folder)).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
