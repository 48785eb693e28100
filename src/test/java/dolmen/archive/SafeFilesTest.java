package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Failed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {
    @TempDir
    Path folder;

    /** A folder whose whole path is longer than the system takes cannot be opened, by root neither. */
    @Test
    void a_folder_that_cannot_be_read_is_a_failure_that_names_what_should_go() throws Exception {
        Path deep = folder.resolve("deep");
        Tool.ok(
                folder,
                "mkdir deep; cd deep; for i in $(seq 20); do d=$(printf 'x%.0s' $(seq 250)); mkdir $d; cd $d; done");
        try {
            assertThatThrownBy(() -> SafeFiles.remove(deep))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("cannot remove " + deep);
        } finally {
            Tool.ok(folder, "rm -r deep");
        }
    }
}
