package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.settings.StorageSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** On a real server of S3's protocol. */
class S3StoreTest {
    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Store store;

    @BeforeAll
    static void a_bucket() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        store = S3Store.of(server.settings(S3Server.SECRET_KEY, 0));
    }

    @AfterAll
    static void ends() throws Exception {
        store.close();
        server.close();
    }

    @Test
    @Tag("UP-03")
    void small_and_large_files_come_back_as_they_were_and_carry_their_sum() throws Exception {
        for (int size : new int[] {0, 1, 5 * MIB, 5 * MIB + 1, 17 * MIB}) {
            Path file = file("back-" + size, size);
            Artifact content = Digests.artifact(file);
            String key = "stack/back/" + size;

            assertThat(store.put(file, content, key, Meter.NONE)).isEqualTo(size);

            assertThat(store.find(key)).hasValueSatisfying(there -> {
                assertThat(there.bytes()).isEqualTo(content.bytes());
                assertThat(there.sha256()).contains(content.sha256());
            });
            try (InputStream read = store.read(key)) {
                assertThat(Arrays.equals(read.readAllBytes(), Files.readAllBytes(file)))
                        .isTrue();
            }
        }
    }

    @Test
    void a_sum_that_another_program_wrote_in_its_own_form_counts_as_none() {
        try (S3Client other = S3Clients.of(server.settings(S3Server.SECRET_KEY, 0))) {
            other.putObject(
                    put -> put.bucket(S3Server.BUCKET).key("stack/foreign").metadata(Map.of("sha256", "bm90IGhleA==")),
                    RequestBody.fromString("text"));
        }
        assertThat(store.find("stack/foreign"))
                .hasValueSatisfying(there -> assertThat(there.sha256()).isEmpty());
    }

    @Test
    void each_byte_that_is_sent_is_counted_once() throws Exception {
        for (int size : new int[] {1, 17 * MIB}) {
            CountingMeter meter = new CountingMeter();
            Path file = file("counted-" + size, size);

            store.put(file, Digests.artifact(file), "stack/counted/" + size, meter);

            assertThat(meter.done()).isEqualTo(size);
        }
    }

    @Test
    void a_range_is_read_alone() throws Exception {
        Path file = file("range", 6 * MIB);
        store.put(file, Digests.artifact(file), "stack/range", Meter.NONE);
        byte[] all = Files.readAllBytes(file);
        try (InputStream read = store.read("stack/range", 5 * MIB - 3, 10)) {
            assertThat(read.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, 5 * MIB - 3, 5 * MIB + 7));
        }
        try (InputStream read = store.read("stack/range", 7, 0)) {
            assertThat(read.readAllBytes()).isEmpty();
        }
    }

    @Test
    void an_upload_that_was_cut_goes_on_with_the_parts_that_are_missing() throws Exception {
        Path file = file("cut", 40 * MIB);
        Artifact content = Digests.artifact(file);
        try (CutAfter cut = new CutAfter(server.endpoint(), 22L * MIB);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> through.put(file, content, "stack/cut", Meter.NONE))
                    .isInstanceOf(StepFailure.Unavailable.class)
                    .hasMessageContaining("cannot store stack/cut in bucket backups");
        }
        assertThat(store.find("stack/cut")).isEmpty();

        CountingMeter meter = new CountingMeter();
        long sent = store.put(file, content, "stack/cut", meter);

        assertThat(meter.done()).isEqualTo(sent);
        assertThat(meter.expected()).isEqualTo(sent - content.bytes());
        assertThat(sent)
                .isBetween(1L, 40L * MIB - 1)
                .satisfies(bytes -> assertThat(bytes % (5 * MIB)).isZero());
        System.out.println("resumed: " + sent + " of " + 40 * MIB + " bytes were sent after the cut");
        try (InputStream read = store.read("stack/cut")) {
            assertThat(Arrays.equals(read.readAllBytes(), Files.readAllBytes(file)))
                    .isTrue();
        }
        assertThat(store.abandon("stack/cut", Instant.now().plusSeconds(60))).isZero();
    }

    @Test
    void parts_of_another_content_are_not_taken_over() throws Exception {
        Path file = file("other", 12 * MIB);
        try (CutAfter cut = new CutAfter(server.endpoint(), 7L * MIB);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> through.put(file, Digests.artifact(file), "stack/other", Meter.NONE))
                    .isInstanceOf(StepFailure.class);
        }
        Path changed = file("changed", 12 * MIB);
        store.put(changed, Digests.artifact(changed), "stack/other", Meter.NONE);
        try (InputStream read = store.read("stack/other")) {
            assertThat(Arrays.equals(read.readAllBytes(), Files.readAllBytes(changed)))
                    .isTrue();
        }
    }

    @Test
    @Tag("UP-02")
    void keys_are_listed_and_removed_and_unfinished_uploads_given_up() throws Exception {
        Path file = file("one", 1);
        store.put(file, Digests.artifact(file), "stack/list/b", Meter.NONE);
        store.put(file, Digests.artifact(file), "stack/list/a", Meter.NONE);
        assertThat(store.list("stack/list/")).containsExactly("stack/list/a", "stack/list/b");
        store.delete("stack/list/a");
        store.delete("stack/list/a");
        assertThat(store.list("stack/list/")).containsExactly("stack/list/b");

        Path large = file("left", 12 * MIB);
        try (CutAfter cut = new CutAfter(server.endpoint(), 7L * MIB);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> through.put(large, Digests.artifact(large), "stack/left", Meter.NONE))
                    .isInstanceOf(StepFailure.class);
        }
        assertThat(store.abandon("stack/left", Instant.now().minusSeconds(3600)))
                .isZero();
        assertThat(store.abandon("stack/left", Instant.now().plusSeconds(60))).isEqualTo(1);
        assertThat(store.abandon("stack/left", Instant.now().plusSeconds(60))).isZero();
    }

    private static StorageSettings settings(Properties set) {
        return Settings.from(new SettingsSource(set, Map.of(), new Properties()))
                .storage();
    }

    private static Path file(String name, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(name.hashCode()).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }
}
