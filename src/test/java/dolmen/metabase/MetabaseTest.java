package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dolmen.model.ApplicationDatabase;
import dolmen.model.CountingMeter;
import dolmen.model.Json;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.StoppedServices;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetabaseTest {
    @TempDir
    Path folder;

    private Path data;
    private Path stem;
    private Path staging;
    private LocalStack stack;
    private StoppedServices stopped;
    private Metabase metabase;

    @BeforeEach
    void prepare() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        staging = Files.createDirectory(folder.resolve("staging"));
        stem = data.resolve("metabase.db");
        H2Fixture.create(stem, 3);
        stack = new LocalStack(stem);
        stopped = new StoppedServices(stack, Files.createDirectory(folder.resolve("state")));
        metabase = new Metabase(H2Fixture.settings(Kind.H2, "metabase", stem.toString()), stack, stopped);
    }

    @AfterEach
    void endTheWriter() {
        stack.close();
    }

    @Test
    @Tag("MB-01")
    void every_copy_of_a_database_that_is_written_to_opens_with_counts_that_fit() throws Exception {
        stack.start("metabase");
        for (int round = 0; round < 10; round++) {
            ApplicationDatabase database = metabase.archive((H2Location) metabase.locate(), staging, "run-" + round);
            assertThat(database.counts().get("core_user"))
                    .isEqualTo(database.counts().get("report_card"))
                    .isGreaterThanOrEqualTo(3);
        }
        assertThat(stack.find("metabase").orElseThrow().running()).isTrue();
        stack.stop("metabase");
        assertThat(stack.trouble()).isNull();
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    @Tag("MB-04")
    void the_archive_is_named_like_the_scripts_and_described_for_the_manifest() throws Exception {
        Files.writeString(data.resolve("metabase.db.trace.db"), "trace");
        Files.writeString(data.resolve("metabase.db.v1-backup.mv.db"), "old");
        Files.writeString(data.resolve("plugin.jar"), "not ours");
        ApplicationDatabase database = archive();
        String prefix = stem.toString().substring(1);
        assertThat(database.files())
                .containsExactly(prefix + ".mv.db", prefix + ".trace.db", prefix + ".v1-backup.mv.db");
        Path tar = staging.resolve("metabase_data.tar");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tar)))
                .isEqualTo("rw-------");
        try (TarFile file = new TarFile(tar)) {
            assertThat(file.getEntries())
                    .extracting(TarArchiveEntry::getName)
                    .containsExactlyElementsOf(database.files());
        }
        assertThat(database.counts()).containsEntry("core_user", 3L).containsEntry("setting", 0L);
        assertThat(database.format()).contains("2");
        String json = Json.MAPPER.writeValueAsString(database);
        assertThat(json).contains("\"kind\":\"h2\"");
        assertThat(Json.MAPPER.readValue(json, ApplicationDatabase.class)).isEqualTo(database);
        try (var left = Files.list(staging)) {
            assertThat(left).containsExactly(tar);
        }
    }

    @Test
    @Tag("DK-12")
    void a_metabase_that_was_stopped_is_copied_cold_and_stays_stopped() {
        archive();
        assertThat(stack.calls).isEmpty();
    }

    @Test
    @Tag("DK-11")
    @Tag("MB-01")
    void metabase_is_started_again_when_the_copy_fails() {
        stack.start("metabase");
        H2Location location = (H2Location) metabase.locate();
        stack.archives = archive -> new FilterInputStream(archive) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        };
        assertThatThrownBy(() -> metabase.archive(location, staging, "run-1"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("Connection reset");
        assertThat(stack.find("metabase").orElseThrow().running()).isTrue();
        assertThat(staging.resolve("metabase_data.tar")).doesNotExist();
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    @Tag("MB-01")
    void a_copy_during_which_metabase_was_started_is_worthless() {
        stack.start("metabase");
        H2Location location = (H2Location) metabase.locate();
        stack.archives = archive -> {
            stack.start("metabase");
            return archive;
        };
        assertThatThrownBy(() -> metabase.archive(location, staging, "run-1"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("worthless");
        stack.stop("metabase");
    }

    @Test
    @Tag("MB-01")
    void a_file_that_does_not_open_is_no_backup() throws Exception {
        byte[] bytes = Files.readAllBytes(stem.resolveSibling("metabase.db.mv.db"));
        for (int at = 4096 * 2; at < bytes.length; at++) {
            bytes[at] = (byte) (at * 31);
        }
        Files.write(stem.resolveSibling("metabase.db.mv.db"), bytes);
        assertThatThrownBy(this::archive).isInstanceOf(StepFailure.Damaged.class);
        Files.write(stem.resolveSibling("metabase.db.mv.db"), new byte[0]);
        assertThatThrownBy(this::archive)
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("no header of H2");
    }

    @Test
    @Tag("MB-07")
    void a_database_without_metabases_tables_is_no_backup() throws Exception {
        try (Connection connection = H2Fixture.open(stem);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE core_user");
        }
        assertThatThrownBy(this::archive)
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("core_user");
    }

    @Test
    @Tag("MB-07")
    void a_database_without_users_is_warned_of() throws Exception {
        try (Connection connection = H2Fixture.open(stem);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM core_user");
        }
        assertThat(archive().warnings()).contains("Metabase's database has no user yet");
    }

    @Test
    @Tag("MB-04")
    void a_file_of_h2_version_1_is_kept_but_not_opened() throws Exception {
        Path file = stem.resolveSibling("metabase.db.mv.db");
        String header = "H:2,block:2,blockSize:1000,chunk:7,created:1441235ef73,format:1,version:7,fletcher:3044e6cc\n";
        byte[] bytes = new byte[8192];
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, header.length());
        Files.write(file, bytes);
        ApplicationDatabase database = archive();
        assertThat(database.format()).contains("1");
        assertThat(database.counts()).isEmpty();
        assertThat(database.warnings()).singleElement().asString().contains("H2 1.x");
    }

    @Test
    void no_file_is_told_with_the_place_where_it_should_be() throws Exception {
        Files.delete(data.resolve("metabase.db.mv.db"));
        assertThatThrownBy(this::archive).isInstanceOf(StepFailure.Failed.class).hasMessageContaining(stem + ".mv.db");
    }

    @Test
    void a_scripts_archive_of_a_whole_folder_gives_its_database() throws Exception {
        Path tar = script(Map.of(
                "tmp/metabase.db.mv.db", Files.readAllBytes(data.resolve("metabase.db.mv.db")),
                "tmp/hsperfdata_root/7", new byte[] {1},
                "tmp/other.mv.db", new byte[] {2}));
        ApplicationDatabase database = metabase.examine(tar, staging);
        assertThat(database.files()).containsExactly("tmp/metabase.db.mv.db");
        assertThat(database.counts()).containsEntry("core_user", 3L);
    }

    @Test
    void archives_without_or_with_several_databases_or_cut_are_not_taken() throws Exception {
        Path none = script(Map.of("tmp/readme", new byte[] {1}));
        assertThatThrownBy(() -> metabase.examine(none, staging)).isInstanceOf(StepFailure.Damaged.class);
        Path several = script(Map.of("tmp/a.mv.db", new byte[] {1}, "tmp/b.mv.db", new byte[] {2}));
        assertThatThrownBy(() -> metabase.examine(several, staging))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("tmp/a.mv.db, tmp/b.mv.db");
        archive();
        byte[] whole = Files.readAllBytes(staging.resolve("metabase_data.tar"));
        for (int length : List.of(whole.length / 2, 700, 0)) {
            Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> metabase.examine(cut, staging)).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_member_that_unpacks_to_more_than_the_archive_holds_is_refused() throws Exception {
        for (String format : List.of("--format=gnu", "--format=posix")) {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "truncate -s 1G metabase.db.mv.db && tar " + format
                                    + " -S -cf bomb.tar metabase.db.mv.db && rm metabase.db.mv.db")
                    .directory(folder.toFile())
                    .start()
                    .waitFor();
            Path bomb = folder.resolve("bomb.tar");
            assertThat(bomb).exists();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> metabase.examine(bomb, staging))
                            .isInstanceOf(StepFailure.Damaged.class)
                            .hasMessageContaining("is sparse"));
            assertThat(staging).isEmptyDirectory();
        }
    }

    @Test
    void a_restore_exchanges_the_files_and_can_be_undone() throws Exception {
        archive();
        H2Fixture.create(stem, 4);
        Files.writeString(data.resolve("metabase.db.trace.db"), "old trace");
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        stack.start("metabase");
        stack.stop("metabase");
        long present = H2Fixture.users(stem);
        restore.stage(staging.resolve("metabase_data.tar"), "run-1", staging);
        assertThat(H2Fixture.users(stem)).isEqualTo(present);
        restore.swapIn("run-1");
        assertThat(H2Fixture.users(stem)).isEqualTo(3);
        assertThat(data.resolve("metabase.db.trace.db")).doesNotExist();
        restore.swapBack("run-1");
        assertThat(H2Fixture.users(stem)).isEqualTo(present);
        assertThat(data.resolve("metabase.db.trace.db")).hasContent("old trace");
        restore.swapIn("run-1");
        restore.dropOld("run-1");
        assertThat(H2Fixture.users(stem)).isEqualTo(3);
        assertThat(names(data)).containsExactly("metabase.db.mv.db");
    }

    @Test
    void what_is_archived_and_unpacked_is_counted() throws Exception {
        Files.writeString(data.resolve("metabase.db.trace.db"), "trace");
        CountingMeter archived = new CountingMeter();
        counting(archived).archive((H2Location) metabase.locate(), staging, "run-0");
        Path tar = staging.resolve("metabase_data.tar");
        assertThat(archived.guessed()).isEqualTo(3 * Files.size(data.resolve("metabase.db.mv.db")));
        assertThat(archived.expected()).isEqualTo(3 * Files.size(tar));
        assertThat(archived.done()).isEqualTo(3 * Files.size(tar));

        CountingMeter unpacked = new CountingMeter();
        counting(unpacked).restore((H2Location) metabase.locate()).stage(tar, "run-1", staging);
        assertThat(unpacked.expected()).isGreaterThan(4 * Files.size(tar));
        assertThat(unpacked.done()).isEqualTo(unpacked.expected());
    }

    private Metabase counting(CountingMeter meter) {
        return new Metabase(H2Fixture.settings(Kind.H2, "metabase", stem.toString()), stack, stopped, () -> meter);
    }

    @Test
    void a_running_metabase_is_stopped_for_the_exchange_and_started_with_the_run() throws Exception {
        archive();
        stack.start("metabase");
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        restore.stage(staging.resolve("metabase_data.tar"), "run-1", staging);
        restore.swapIn("run-1");
        assertThat(stack.find("metabase").orElseThrow().running()).isFalse();
        stopped.startAll("run-1");
        assertThat(stack.find("metabase").orElseThrow().running()).isTrue();
        await().until(() -> stack.written() > 0);
        stack.stop("metabase");
        assertThat(stack.trouble()).isNull();
        assertThat(H2Fixture.users(stem)).isEqualTo(3 + stack.written());
    }

    @Test
    void wherever_a_swap_breaks_off_it_can_be_finished_and_undone() throws Exception {
        Files.writeString(data.resolve("metabase.db.trace.db"), "new trace");
        archive();
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        for (int step = 0; step < 12; step++) {
            for (boolean forward : List.of(true, false)) {
                Files.delete(data.resolve("metabase.db.mv.db"));
                H2Fixture.create(stem, 5);
                Files.writeString(data.resolve("metabase.db.trace.db"), "old trace");
                String run = "run-" + step + forward;
                restore.stage(staging.resolve("metabase_data.tar"), run, staging);
                if (!forward) {
                    restore.swapIn(run);
                }
                breakAfter(step, () -> swap(restore, run, forward));
                restore.swapBack(run);
                assertThat(H2Fixture.users(stem)).isEqualTo(5);
                assertThat(data.resolve("metabase.db.trace.db")).hasContent("old trace");
                breakAfter(step, () -> swap(restore, run, forward));
                restore.swapIn(run);
                assertThat(H2Fixture.users(stem)).isEqualTo(3);
                assertThat(data.resolve("metabase.db.trace.db")).hasContent("new trace");
                restore.dropOld(run);
                assertThat(names(data)).containsExactly("metabase.db.mv.db", "metabase.db.trace.db");
            }
        }
    }

    @Test
    @Tag("MB-10")
    void what_arrives_in_the_stack_must_be_the_database_whose_rows_were_counted() throws Exception {
        ApplicationDatabase database = archive();
        assertThat(database.counts()).containsEntry("core_user", 3L).containsEntry("report_card", 3L);
        Path fewer = Files.createDirectory(folder.resolve("fewer")).resolve("metabase.db");
        H2Fixture.create(fewer, 2);
        Path tar = script(Map.of("x", Files.readAllBytes(Path.of(fewer + ".mv.db"))));
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        stack.archives = archive -> {
            try {
                return Files.newInputStream(tar);
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        };
        assertThatThrownBy(() -> restore.stage(staging.resolve("metabase_data.tar"), "run-1", staging))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("is not what was read back");
        assertThat(H2Fixture.users(stem)).isEqualTo(3);
    }

    @Test
    void swapping_in_what_was_never_staged_changes_nothing() throws Exception {
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        assertThatThrownBy(() -> restore.swapIn("run-1"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("nothing is staged");
        restore.swapBack("run-1");
        assertThat(names(data)).containsExactly("metabase.db.mv.db");
    }

    @Test
    @Tag("MB-08")
    void a_file_on_no_mount_is_archived_with_a_warning_and_not_exchanged() {
        stack.mounts = List.of();
        ApplicationDatabase database = archive();
        assertThat(database.warnings()).singleElement().asString().contains("no volume");
        H2Restore restore = metabase.restore((H2Location) metabase.locate());
        assertThatThrownBy(() -> restore.stage(staging.resolve("metabase_data.tar"), "run-1", staging))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("no volume");
        assertThat(metabase.compare(database).refusals()).hasSize(1);
    }

    @Test
    @Tag("MB-03")
    @Tag("MB-04")
    @Tag("MB-05")
    void another_encryption_key_or_version_is_told_before_a_restore() {
        environment("MB_ENCRYPTION_SECRET_KEY", "S3cr3t-Marker-long-enough");
        ApplicationDatabase database = archive();
        assertThat(database.encryptionKey()).startsWith("pbkdf2:").doesNotContain("S3cr3t");
        assertThat(metabase.compare(database).warnings()).isEmpty();
        environment("MB_ENCRYPTION_SECRET_KEY", "another key");
        assertThat(metabase.compare(database).warnings())
                .singleElement()
                .asString()
                .contains("another one");
        environment("PATH", "/bin");
        assertThat(metabase.compare(database).warnings())
                .singleElement()
                .asString()
                .contains("not set");
        assertThat(archive().encryptionKey()).isEqualTo("none");
        stack.image = "metabase/metabase:v0.45.1";
        assertThat(metabase.compare(database).refusals())
                .singleElement()
                .asString()
                .contains("49", "45");
        stack.image = "registry:5000/metabase/metabase:v0.50.1";
        assertThat(metabase.compare(database).refusals()).isEmpty();
        assertThat(metabase.compare(database).warnings()).hasSize(2);
    }

    private void environment(String name, String value) {
        stack.environment = Map.of(name, new Secret(value), "MB_DB_FILE", new Secret(stem.toString()));
    }

    private ApplicationDatabase archive() {
        return metabase.archive((H2Location) metabase.locate(), staging, "run-0");
    }

    private static void swap(H2Restore restore, String run, boolean forward) {
        if (forward) {
            restore.swapIn(run);
            return;
        }
        restore.swapBack(run);
    }

    /** Kills the script's shell when it has run this number of commands that change something. */
    private void breakAfter(int commands, Runnable swap) {
        StringBuilder functions =
                new StringBuilder("n=0\nstep() { [ $n -lt " + commands + " ] || kill -9 $$; n=$((n+1)); }\n");
        for (String command : List.of("mv", "mkdir", "rm", "rmdir", "sync", "chown")) {
            functions
                    .append(command)
                    .append("() { step; command ")
                    .append(command)
                    .append(" \"$@\"; }\n");
        }
        stack.scripts = script -> functions + script;
        try {
            swap.run();
        } catch (StepFailure killed) {
            assertThat(killed).isInstanceOf(StepFailure.Failed.class);
        } finally {
            stack.scripts = script -> script;
        }
    }

    private Path script(Map<String, byte[]> members) throws IOException {
        Path tar = folder.resolve("script.tar");
        try (OutputStream out = Files.newOutputStream(tar);
                TarArchiveOutputStream archive = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : new TreeMap<>(members).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(member.getValue().length);
                archive.putArchiveEntry(entry);
                archive.write(member.getValue());
                archive.closeArchiveEntry();
            }
        }
        return tar;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
