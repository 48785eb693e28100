package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sql;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** While it is held, whoever would mark a segment of the sandbox waits, and whoever reads does not. */
final class SegmentsLock {
    private static final String HELD =
            "FROM pg_locks WHERE relation = 'druid_segments'::regclass" + " AND mode = 'ShareLock' AND granted";

    private SegmentsLock() {}

    /** Does this while it holds the lock. */
    static <T> T during(Callable<T> action) throws Exception {
        Process holder = hold();
        try {
            return action.call();
        } finally {
            sql("SELECT pg_terminate_backend(pid) " + HELD);
            holder.waitFor();
        }
    }

    private static Process hold() throws IOException {
        Process holder = new ProcessBuilder(
                        "docker",
                        "exec",
                        "postgres",
                        "psql",
                        "-U",
                        "druid",
                        "-d",
                        "druid",
                        "-c",
                        "LOCK TABLE druid_segments IN SHARE MODE; SELECT pg_sleep(300)")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !sql("SELECT pid " + HELD).isEmpty());
        return holder;
    }
}
