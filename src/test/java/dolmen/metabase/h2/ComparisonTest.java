package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.metabase.ApplicationDatabase;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore would meet in the stack, told before it begins. */
class ComparisonTest {
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
    @Tag("MB-08")
    void a_file_on_no_mount_is_archived_with_a_warning_and_not_exchanged() {
        own.service.mounts = List.of();
        ApplicationDatabaseCopy database = own.archive();
        assertThat(database.warnings()).singleElement().asString().contains("no volume");
        ApplicationDatabase restore = own.restore();
        assertThatThrownBy(() -> restore.stage(own.archived(), new RunMark("run-1"), Meter.NONE))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("no volume");
        assertThat(own.restore().objections(own.archived(), Meter.NONE)).hasSize(1);
    }

    @Test
    @Tag("T16")
    @Needs(Need.MOUNT)
    void T16_a_volume_without_room_or_without_the_right_to_write_is_told_before_a_restore() throws Exception {
        own.archive();
        assertThat(own.restore().objections(own.archived(), Meter.NONE)).isEmpty();
        Tool.ok(own.data, "mount -t tmpfs -o size=1m none .");
        try {
            assertThat(own.restore().objections(own.archived(), Meter.NONE))
                    .singleElement()
                    .asString()
                    .startsWith("the volume of Metabase's H2 file has ");
            Tool.ok(own.data, "mount -o remount,ro .");
            assertThat(own.restore().objections(own.archived(), Meter.NONE))
                    .singleElement()
                    .asString()
                    .endsWith("it may not be written");
        } finally {
            Tool.ok(folder, "umount " + own.data);
        }
    }

    @Test
    @Tag("MB-03")
    @Tag("MB-04")
    @Tag("MB-05")
    void another_encryption_key_or_version_is_told_before_a_restore() {
        own.environment("MB_ENCRYPTION_SECRET_KEY", "S3cr3t-Marker-long-enough");
        ApplicationDatabaseCopy database = own.archive();
        assertThat(database.encryptionKey()).startsWith("pbkdf2:").doesNotContain("S3cr3t");
        assertThat(own.metabase.compare(database).warnings()).isEmpty();
        own.environment("MB_ENCRYPTION_SECRET_KEY", "another key");
        assertThat(own.metabase.compare(database).warnings())
                .singleElement()
                .asString()
                .contains("another one");
        own.environment("PATH", "/bin");
        assertThat(own.metabase.compare(database).warnings())
                .singleElement()
                .asString()
                .contains("not set");
        assertThat(own.archive().encryptionKey()).isEqualTo("none");
        assertThat(own.metabase
                        .compare(database.ofMetabase("", "argon2:a-later-form"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("not set");
        own.environment("MB_ENCRYPTION_SECRET_KEY", "another key");
        assertThat(own.metabase
                        .compare(database.ofMetabase("", "argon2:a-later-form"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("cannot be compared");
        own.environment("PATH", "/bin");
        own.service.image = "metabase/metabase:v0.45.1";
        assertThat(own.metabase.compare(database).refusals())
                .singleElement()
                .asString()
                .contains("49", "45");
        own.service.image = "registry:5000/metabase/metabase:v0.50.1";
        assertThat(own.metabase.compare(database).refusals()).isEmpty();
        assertThat(own.metabase.compare(database).warnings()).hasSize(2);
    }
}
