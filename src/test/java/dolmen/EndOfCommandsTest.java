package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metadata.PostgresFixture;
import dolmen.pipeline.PlainStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command is an application that is started, called and closed. */
class EndOfCommandsTest {
    @TempDir
    Path home;

    /** The best of three, since other work may hold up one of them. */
    @Test
    void a_command_that_has_done_its_work_ends_at_once() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared());
        Duration best = Duration.ofMinutes(1);
        for (int round = 0; round < 3; round++) {
            Application dolmen = new Application(stack.application(), Map.of());
            dolmen.start();
            long begun = System.nanoTime();
            dolmen.close();
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            best = taken.compareTo(best) < 0 ? taken : best;
        }
        assertThat(best).isLessThan(Duration.ofMillis(700));
    }
}
