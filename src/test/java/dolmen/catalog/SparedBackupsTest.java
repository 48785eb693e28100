package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Artifact;
import dolmen.model.Kind;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Locked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no pruning removes. */
class SparedBackupsTest extends PrunedCatalog {
    @Test
    void nothing_is_removed_while_a_backup_is_read() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        List<String> before = files();

        try (ReadLock reading = ReadLock.share(state)) {
            assertThat(reading).isNotNull();
            assertThatThrownBy(() -> prune(1)).isInstanceOf(Locked.class).hasMessageContaining("being read");
            assertThat(files()).isEqualTo(before);
        }

        prune(1);
        assertThat(catalog().labels()).containsExactly(LAST);
    }

    @Test
    void nothing_of_another_stack_nor_a_folder_without_manifest_is_touched() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        Path script = Files.createDirectory(folder.resolve("20200101-000000"));
        Files.writeString(script.resolve(Artifact.SEGMENT_ARCHIVE), "a script's");
        List<String> before = files();

        Pruning pruning = pruning(1);
        pruning.carryOut(pruning.plan(stack("2"), Set.of()));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void what_a_run_needs_stays() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        assertThat(pruning(1).plan(stack("1"), Set.of(FULL)).decision().removed())
                .isEmpty();
    }

    @Test
    void a_manifest_that_cannot_be_read_holds_pruning_since_nobody_knows_what_it_needs() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        Files.writeString(folder.resolve(FULL.text()).resolve(Artifact.MANIFEST), "{");
        assertThatThrownBy(() -> prune(1)).isInstanceOf(Damaged.class);
        assertThat(folder.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE))
                .exists();
    }
}
