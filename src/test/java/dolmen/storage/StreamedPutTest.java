package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarSink;
import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** On a real server of S3's protocol; parts have 5 MiB. */
class StreamedPutTest {
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
    void a_stream_of_any_size_comes_whole_and_is_no_object_before_its_end() throws Exception {
        for (int bytes : new int[] {1, 5 * MIB, 5 * MIB + 1, 43 * MIB}) {
            String key = "stack/whole/" + bytes;
            Checksum written;
            try (TarSink sink = store.begin(key)) {
                write(sink, bytes);
                assertThat(store.find(key)).isEmpty();
                written = sink.finish();
            }
            assertThat(store.find(key)).hasValueSatisfying(there -> {
                assertThat(there.bytes()).isEqualTo(bytes);
                assertThat(there.sha256()).isEmpty();
            });
            assertThat(written).isEqualTo(sum(bytes));
            assertThat(stored(key)).isEqualTo(written);
            assertThat(unfinished(key)).isZero();
        }
    }

    @Test
    void what_is_closed_before_its_end_leaves_nothing() {
        try (TarSink sink = store.begin("stack/closed")) {
            write(sink, 23 * MIB);
        }
        assertThat(store.list("stack/closed")).isEmpty();
        assertThat(unfinished("stack/closed")).isZero();
    }

    @Test
    @Timeout(30)
    void a_cut_line_is_no_damage_and_the_second_attempt_clears_what_the_first_one_left() throws Exception {
        String key = "stack/cut";
        try (CutAfter cut = new CutAfter(server.endpoint(), 22L * MIB);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> stream(through, key, 60 * MIB))
                    .isInstanceOf(StepFailure.Unavailable.class)
                    .hasMessageContaining("cannot store stack/cut in bucket backups")
                    .satisfies(failure ->
                            assertThat(((StepFailure) failure).hint()).contains("from its beginning"));
        }
        assertThat(store.find(key)).isEmpty();
        assertThat(uploads(key)).isEqualTo(1);

        stream(store, key, 60 * MIB);

        assertThat(stored(key)).isEqualTo(sum(60 * MIB));
        assertThat(unfinished(key)).isZero();
    }

    @Test
    void an_unfinished_upload_of_another_key_is_left_alone() {
        try (TarSink other = store.begin("stack/key-2");
                TarSink one = store.begin("stack/key")) {
            write(one, 1);
            one.finish();
            write(other, 1);
            other.finish();
        }
        assertThat(store.list("stack/key")).containsExactly("stack/key", "stack/key-2");
    }

    @Test
    void a_store_that_refuses_or_is_away_is_told_apart() {
        try (S3Store wrong = S3Store.of(server.settings("another secret", 0))) {
            assertThatThrownBy(() -> wrong.begin("stack/x")).isInstanceOf(StepFailure.Failed.class);
        }
        try (S3Store closed = S3Store.of(
                S3Server.settings(URI.create("http://127.0.0.1:9"), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> closed.begin("stack/x")).isInstanceOf(StepFailure.Unavailable.class);
        }
    }

    private static void stream(S3Store to, String key, int bytes) {
        try (TarSink sink = to.begin(key)) {
            write(sink, bytes);
            sink.finish();
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

    private static Checksum sum(int bytes) {
        Random random = new Random(1);
        byte[] piece = new byte[PIECE];
        MessageDigest digest = Checksum.digest();
        for (int left = bytes; left > 0; left -= PIECE) {
            random.nextBytes(piece);
            digest.update(piece, 0, Math.min(left, PIECE));
        }
        return Checksum.of(digest);
    }

    private static Checksum stored(String key) throws Exception {
        MessageDigest digest = Checksum.digest();
        try (InputStream content = store.read(key)) {
            byte[] piece = new byte[PIECE];
            for (int length = content.read(piece); length >= 0; length = content.read(piece)) {
                digest.update(piece, 0, length);
            }
        }
        return Checksum.of(digest);
    }

    private static long uploads(String key) {
        try (S3Client client = S3Clients.of(server.settings(S3Server.SECRET_KEY, 0))) {
            return MultipartPut.unfinished(client, S3Server.BUCKET, key).size();
        }
    }

    private static int unfinished(String key) {
        return store.abandon(key, Instant.now().plusSeconds(60));
    }
}
