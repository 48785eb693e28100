package dolmen.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.catalog.Manifests;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.storage.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the doctor finds at folders, clocks, the bucket and the place for copies. */
class DoctorOfPlacesTest extends ExaminedStack {
    private static final Artifact LARGE =
            new Artifact(Artifact.SEGMENT_ARCHIVE, Long.MAX_VALUE, new Checksum("0".repeat(64)));

    @Test
    void a_folder_that_cannot_be_written_is_an_error_that_names_its_setting() throws Exception {
        settings.put(
                "dolmen.inbox.path",
                Files.writeString(home.resolve("file"), "").resolve("inbox").toString());
        assertThat(examine())
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && finding.check().equals("folders")
                        && finding.hint().orElseThrow().contains("dolmen.inbox.path"));
    }

    @Test
    void a_catalog_whose_marker_is_missing_is_an_error() {
        settings.put("dolmen.catalog.marker", "mounted");
        assertThat(of("catalog", Severity.ERROR)).singleElement().asString().contains("mounted");
    }

    @Test
    void a_catalog_without_room_for_another_backup_still_tells_of_backups_of_the_future() throws Exception {
        write(Manifests.of("20261124-020000", Manifest.VERIFIED, List.of(LARGE), new TreeMap<>()));
        write(Manifests.of("29991124-020000", Manifest.VERIFIED));
        assertThat(of("catalog", Severity.ERROR))
                .singleElement()
                .asString()
                .contains("the last good full backup 20261124-020000");
        assertThat(of("catalog", Severity.WARNING)).singleElement().asString().contains("29991124-020000");
        assertThat(of("catalog", Severity.OK)).singleElement().asString().contains("the used segments have");
    }

    private void write(Manifest manifest) throws Exception {
        Path backup = Files.createDirectories(
                home.resolve("catalog").resolve(manifest.label().text()));
        Json.MAPPER.writeValue(backup.resolve(Artifact.MANIFEST).toFile(), manifest);
    }

    @Test
    void clocks_that_differ_are_warnings() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3));
        assertThat(of("clock", Severity.WARNING)).hasSize(2);
    }

    @Test
    void the_bucket_is_probed_and_nothing_stays_in_it() throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            settings.put("dolmen.storage.bucket", S3Server.BUCKET);
            settings.put("dolmen.storage.endpoint", server.endpoint().toString());
            settings.put("dolmen.storage.access-key", S3Server.ACCESS_KEY);
            settings.put("dolmen.storage.secret-key", S3Server.SECRET_KEY);
            assertThat(of("bucket", Severity.OK))
                    .hasSize(2)
                    .anyMatch(what -> what.contains("took, gave back and removed"))
                    .anyMatch(what -> what.contains("the clocks of the store and of this machine agree"));
            try (var left = Files.walk(home.resolve("s3"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }

            settings.put("dolmen.storage.secret-key", "wrong");
            assertThat(of("bucket", Severity.ERROR)).hasSize(1);
        }
    }

    @Test
    void a_folder_for_copies_that_is_not_there_is_an_error() {
        settings.put("dolmen.copy.to", "file:" + home.resolve("unmounted"));
        assertThat(of("copy", Severity.ERROR)).hasSize(1);
        settings.put("dolmen.copy.to", "file:" + home);
        assertThat(of("copy", Severity.OK)).hasSize(1);
        copies = Found.NO_FOLDER;
        assertThat(of("copy", Severity.WARNING)).singleElement().asString().contains("not into the folder");
        copies = Found.SENT;
        assertThat(of("copy", Severity.INFO)).singleElement().asString().contains("dolmen-probe.txt");
    }

    @Test
    void a_check_that_breaks_is_a_finding() {
        assertThat(Doctor.look("broken", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.severity()).isEqualTo(Severity.ERROR);
                    assertThat(seen.what()).contains("could not be carried out", "a bug");
                });
    }
}
