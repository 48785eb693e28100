package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarSink;
import dolmen.model.StepFailure;
import dolmen.settings.StorageSettings;
import dolmen.settings.StorageSettings.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What the parts of a stream may be, and how many are held in memory. */
class StreamedPartsTest {
    private static final int MIB = 1 << 20;
    private static final int PIECE = 64 << 10;

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Store store;

    @BeforeAll
    static void a_bucket() throws Exception {
        server = new S3Server(folder);
        store = S3Store.of(server.settings(S3Server.SECRET_KEY, 0));
    }

    @AfterAll
    static void ends() {
        store.close();
        server.close();
    }

    @Test
    void more_than_the_parts_hold_is_refused_with_what_to_set_and_nothing_stays() {
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        try (S3Client client = S3Clients.of(settings)) {
            StoreFailures failures = new StoreFailures(S3Server.BUCKET);
            assertThatThrownBy(() -> {
                        try (TarSink sink = new StreamedPut(client, failures, "stack/large", settings, 2)) {
                            write(sink, 10 * MIB + 1);
                            sink.finish();
                        }
                    })
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessage("stack/large has more than the 10.5 MB that 2 parts of 5.2 MB hold")
                    .satisfies(failure ->
                            assertThat(((StepFailure) failure).hint()).contains("dolmen.storage.part-mib"));
        }
        assertThat(store.list("stack/large")).isEmpty();
        assertThat(unfinished("stack/large")).isZero();
    }

    @Test
    @Timeout(30)
    void a_slow_store_holds_up_the_source_at_four_parts_and_a_stopped_run_leaves_nothing() throws Exception {
        AtomicLong taken = new AtomicLong();
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (S3Store slow = S3Store.of(server.settings(S3Server.SECRET_KEY, 1024))) {
            Thread writer = new Thread(() -> {
                try (TarSink sink = slow.begin("stack/slow")) {
                    while (true) {
                        sink.write(new byte[PIECE], 0, PIECE);
                        taken.addAndGet(PIECE);
                    }
                } catch (StepFailure stopped) {
                    end.set(stopped);
                }
            });
            writer.start();
            while (writer.getState() != Thread.State.WAITING || taken.get() < 20 * MIB) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(taken).hasValue(20 * MIB);
            writer.interrupt();
            writer.join();
        }
        assertThat(end.get()).isInstanceOf(StepFailure.Failed.class).hasMessageContaining("interrupted");
        assertThat(store.list("stack/slow")).isEmpty();
        assertThat(unfinished("stack/slow")).isZero();
    }

    @Test
    void parts_that_the_memory_does_not_hold_are_refused_before_anything_is_sent() {
        StorageSettings few = server.settings(S3Server.SECRET_KEY, 0);
        long part = Runtime.getRuntime().maxMemory() / 8 + MIB;
        StorageSettings large = new StorageSettings(
                few.bucket(),
                few.prefix(),
                few.endpoint(),
                few.region(),
                true,
                few.accessKey(),
                few.secretKey(),
                Optional.empty(),
                part,
                0,
                Stage.NONE,
                false);
        try (S3Store greedy = S3Store.of(large)) {
            assertThatThrownBy(() -> greedy.begin("stack/greedy"))
                    .isInstanceOf(StepFailure.Refused.class)
                    .satisfies(failure ->
                            assertThat(((StepFailure) failure).hint()).contains("dolmen.storage.part-mib"));
        }
    }

    private static void write(TarSink sink, int bytes) {
        Random random = new Random(1);
        byte[] piece = new byte[PIECE];
        for (int left = bytes; left > 0; left -= PIECE) {
            random.nextBytes(piece);
            sink.write(piece, 0, Math.min(left, PIECE));
        }
    }

    private static int unfinished(String key) {
        return store.abandon(key, Instant.now().plusSeconds(60));
    }
}
