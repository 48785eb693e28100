package dolmen.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Manifests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Checksum;
import dolmen.model.CountingMeter;
import dolmen.model.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpectedBytesTest {
    private static final Checksum SUM = Checksum.of(Checksum.digest());

    private final CountingMeter meter = new CountingMeter();
    private final Manifest last = Manifests.of(
            "20261124-020000",
            Manifest.VERIFIED,
            List.of(new Artifact(Artifact.METADATA_DUMP, 70, SUM), new Artifact(Artifact.METABASE_DUMP, 5, SUM)),
            new TreeMap<>());

    @Test
    void dumps_are_guessed_by_those_of_the_last_good_backup_and_are_read_back() {
        ExpectedBytes guess = new ExpectedBytes(() -> Optional.of(new Backup(Path.of("x"), last)));
        guess.dump(meter);
        assertThat(meter.guessed()).isEqualTo(140);
        guess.metabase(bytes -> 2 * bytes, meter);
        assertThat(meter.guessed()).isEqualTo(10);
    }
}
