package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dolmen.metabase.ApplicationDatabase;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.CountingMeter;
import dolmen.model.Json;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database file of a Metabase is copied, and what the manifest says of it. */
class H2ArchiveTest {
    @TempDir
    Path folder;

    private OwnDatabase own;

    @BeforeEach
    void a_metabase_that_does_not_run() throws Exception {
        own = new OwnDatabase(folder);
    }

    @AfterEach
    void endTheWriter() {
        own.close();
    }

    @Test
    @Tag("MB-01")
    void every_copy_of_a_database_that_is_written_to_opens_with_counts_that_fit() throws Exception {
        own.host.start("metabase");
        long held = 3;
        for (int round = 0; round < 10; round++) {
            await().until(() -> own.writer.written() > 0);
            ApplicationDatabaseCopy database =
                    own.metabase.archive(own.staging, new RunId("20261124-02000" + round + "-000-backup"), Meter.NONE);
            assertThat(database.counts().get("core_user"))
                    .isEqualTo(database.counts().get("report_card"))
                    .isGreaterThan(held);
            held = database.counts().get("core_user");
        }
        assertThat(own.service.running).isTrue();
        own.host.stop("metabase");
        assertThat(own.writer.trouble()).isNull();
        assertThat(own.stopped.listed()).isEmpty();
    }

    @Test
    @Tag("MB-04")
    void the_archive_is_named_like_the_scripts_and_described_for_the_manifest() throws Exception {
        Files.writeString(own.trace(), "trace");
        Files.writeString(own.data.resolve("metabase.db.v1-backup.mv.db"), "old");
        Files.writeString(own.data.resolve("plugin.jar"), "not ours");
        ApplicationDatabaseCopy database = own.archive();
        String prefix = own.stem.toString().substring(1);
        assertThat(database.files())
                .containsExactly(prefix + ".mv.db", prefix + ".trace.db", prefix + ".v1-backup.mv.db");
        Path tar = own.archived();
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
        assertThat(Json.MAPPER.readValue(json, ApplicationDatabaseCopy.class)).isEqualTo(database);
        try (var left = Files.list(own.staging)) {
            assertThat(left).containsExactly(tar);
        }
    }

    @Test
    @Tag("DK-12")
    void a_metabase_that_was_stopped_is_copied_cold_and_stays_stopped() {
        own.archive();
        assertThat(own.host.calls).isEmpty();
    }

    @Test
    @Tag("DK-11")
    @Tag("MB-01")
    void metabase_is_started_again_when_the_copy_fails() {
        own.host.start("metabase");
        ApplicationDatabase database = own.restore();
        own.host.archives = archive -> new FilterInputStream(archive) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        };
        assertThatThrownBy(() -> database.archive(own.staging, new RunId("20261124-020001-000-backup"), Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("Connection reset");
        assertThat(own.service.running).isTrue();
        assertThat(own.archived()).doesNotExist();
        assertThat(own.stopped.listed()).isEmpty();
    }

    @Test
    @Tag("MB-01")
    void a_copy_during_which_metabase_was_started_is_worthless() {
        own.host.start("metabase");
        ApplicationDatabase database = own.restore();
        own.host.archives = archive -> {
            own.host.start("metabase");
            return archive;
        };
        assertThatThrownBy(() -> database.archive(own.staging, new RunId("20261124-020001-000-backup"), Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("worthless");
        own.host.stop("metabase");
    }

    @Test
    void no_file_is_told_with_the_place_where_it_should_be() throws Exception {
        Files.delete(own.file());
        assertThatThrownBy(own::archive)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining(own.stem + ".mv.db");
    }

    @Test
    void what_is_archived_and_unpacked_is_counted() throws Exception {
        Files.writeString(own.trace(), "trace");
        CountingMeter archived = new CountingMeter();
        own.metabase.archive(own.staging, new RunId("20261124-020000-000-backup"), archived);
        Path tar = own.archived();
        assertThat(archived.guessed()).isEqualTo(3 * Files.size(own.file()));
        assertThat(archived.expected()).isEqualTo(3 * Files.size(tar));
        assertThat(archived.done()).isEqualTo(3 * Files.size(tar));

        CountingMeter unpacked = new CountingMeter();
        own.restore().stage(tar, new RunMark("run-1"), unpacked);
        assertThat(unpacked.expected()).isGreaterThan(4 * Files.size(tar));
        assertThat(unpacked.done()).isEqualTo(unpacked.expected());
    }
}
