package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.runs.RunLock;
import dolmen.stack.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T7")
class OwnMarkTest {
    @TempDir
    Path folder;

    @Test
    void what_a_run_starts_is_told_from_what_only_looks_and_from_that_of_another_dolmen() throws Exception {
        Mark mark = OwnMark.of(folder.resolve("state"));
        assertThat(mark.word()).matches("dolmen/[0-9a-f]{12}/read");
        assertThat(folder.resolve("state")).as("whoever looks makes nothing").doesNotExist();

        try (RunLock held = RunLock.take(folder.resolve("state"), "a run")) {
            assertThat(mark.word()).as("%s", held).isEqualTo(mark.ofRuns()).matches("dolmen/[0-9a-f]{12}/run");
        }

        assertThat(mark.word()).isEqualTo(mark.ofRuns().replace("/run", "/read"));
        assertThat(mark.ofRuns()).isEqualTo(OwnMark.of(folder.resolve("state")).ofRuns());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("state").resolve("id"))))
                .isEqualTo("rw-------");
        Files.move(folder.resolve("state"), folder.resolve("elsewhere"));
        try (RunLock held = RunLock.take(folder.resolve("state"), "a run of another Dolmen with the same path")) {
            assertThat(mark.ofRuns())
                    .as("%s", held)
                    .isNotEqualTo(OwnMark.of(folder.resolve("elsewhere")).ofRuns());
        }
    }
}
