package dolmen.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.catalog.Logged;
import dolmen.model.Notice;
import dolmen.runs.RunLockTest;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and processes that send from one outbox. */
class OutboxSendersTest {
    private static final String PLACE = "dolmen.notify.to smtp:mail.example.org:587";

    @TempDir
    Path state;

    private final Logged log = new Logged("dolmen.notices");
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<Notice> sender = notice -> sent.add(notice.value("title"));

    @AfterEach
    void end() {
        log.close();
    }

    @Test
    void many_that_send_at_once_send_each_once() throws Exception {
        String[] titles = IntStream.range(0, 40).mapToObj(Integer::toString).toArray(String[]::new);
        keep(PLACE, titles);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> send = () -> outbox().send(PLACE, sender);
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(8, send))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent).containsExactly(titles);
    }

    @Test
    void what_is_kept_while_another_thread_sends_is_sent_by_that_one() throws Exception {
        keep(PLACE, "first");
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch kept = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> busy = threads.submit(() -> outbox().send(PLACE, notice -> {
                sender.accept(notice);
                sending.countDown();
                assertThat(uninterrupted(kept)).isTrue();
            }));
            assertThat(uninterrupted(sending)).isTrue();
            keep(PLACE, "second");
            assertThat(outbox().send(PLACE, sender)).isFalse();
            kept.countDown();
            assertThat(busy.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent).containsExactly("first", "second");
    }

    @Test
    void while_another_process_sends_nothing_is_sent_and_when_that_was_killed_all_is() throws Exception {
        keep(PLACE, "first");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunLockTest.OtherProcess.class.getName(),
                        home().toString(),
                        "hold")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("taken");
            assertThat(outbox().send(PLACE, sender)).isFalse();
            assertThat(sent).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(outbox().send(PLACE, sender)).isTrue();
        assertThat(sent).containsExactly("first");
    }

    @Test
    void a_bug_in_the_sender_leaves_what_it_got_and_the_lock() {
        keep(PLACE, "first");
        assertThatThrownBy(() -> outbox().send(PLACE, notice -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThat(outbox().send(PLACE, sender)).isTrue();
    }

    private static boolean uninterrupted(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private void keep(String place, String... titles) {
        for (String title : titles) {
            outbox().keep(place, new Notice(Map.of("title", title)));
        }
    }

    private Path home() {
        return state.resolve("outbox/dolmen.notify.to+smtp%3Amail.example.org%3A587");
    }

    /** As another process has it. */
    private Outbox outbox() {
        return new Outbox(state, Clock.systemUTC());
    }
}
