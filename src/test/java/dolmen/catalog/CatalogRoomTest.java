package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogRoomTest {
    private static final Checksum SUM = new Checksum("0".repeat(64));

    @TempDir
    Path folder;

    @Test
    @Tag("SG-05")
    void a_backup_for_which_the_disk_is_too_small_is_refused_before_it_begins() throws Exception {
        backup("20261124-020000", 1000);
        assertThatCode(this::requireRoom).doesNotThrowAnyException();

        backup("20261125-020000", Long.MAX_VALUE);
        assertThatThrownBy(this::requireRoom)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("the last good full backup 20261125-020000 has 9223372036.9 GB");
    }

    private void requireRoom() {
        Catalog catalog = new Catalog(folder);
        new CatalogSpaceCheck(catalog).requireAnother(catalog.good().findFirst().orElseThrow());
    }

    private void backup(String label, long bytes) throws Exception {
        Manifest manifest = Manifests.of(
                label, Manifest.VERIFIED, List.of(new Artifact(Artifact.SEGMENT_ARCHIVE, bytes, SUM)), new TreeMap<>());
        Path home = Files.createDirectories(folder.resolve(label));
        Json.MAPPER.writeValue(home.resolve(Artifact.MANIFEST).toFile(), manifest);
    }
}
