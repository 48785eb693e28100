package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.catalog.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Triggers that wait, and hold up no other. */
class WaitingTriggersTest extends ServedInbox {
    @Test
    @Tag("T33")
    void a_trigger_that_is_dated_in_the_future_is_said_once_and_holds_up_no_other() throws Exception {
        Tool.ok(inbox, "touch -d '+2 hours' later.restore; touch -d 2020-01-01 past.restore");
        try (Logged said = new Logged("intake.OrdinaryFiles")) {
            serve();
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
            Files.writeString(inbox.resolve("good.verify"), "from=/tmp\n");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 2);
            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("later.restore in the inbox is dated ")
                    .contains("waits until then", "HINT: `touch` it");
        }
        Tool.ok(inbox, "touch -d 2020-01-01 later.restore");
        Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 3);
    }

    @Test
    @Tag("TR-01")
    void a_trigger_that_is_still_written_does_not_hold_up_the_others() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            while (going.get()) {
                append(inbox.resolve("slow.verify"), "# and on");
            }
        });
        writer.start();
        try {
            serve();
            for (int i = 0; i < 8; i++) {
                Files.writeString(inbox.resolve(i + ".verify"), "from=/tmp\n");
            }
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 8);
            assertThat(inbox.resolve("slow.verify")).exists();
        } finally {
            going.set(false);
            writer.join();
        }
        Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 9);
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Awaitility.await().pollDelay(Duration.ofMillis(40)).until(() -> true);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
