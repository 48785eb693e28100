package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.catalog.ReadLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T7")
class ScratchTest {
    @TempDir
    Path state;

    private Path left;

    @BeforeEach
    void a_killed_run_has_left_something() throws Exception {
        left = SafeFiles.folder(state.resolve("scratch/datasources")).resolve("dolmen-1.sql");
        Files.writeString(left, "rows");
    }

    @Test
    void what_a_killed_run_left_is_removed() {
        new Scratch(state).clear();
        assertThat(state.resolve("scratch")).isEmptyDirectory();
        new Scratch(state).clear();
    }

    @Test
    void what_a_killed_run_had_half_written_in_the_state_folder_is_removed() throws Exception {
        Files.writeString(state.resolve("stack.json"), "{}");
        Files.writeString(state.resolve("stack.json.part"), "{");
        Files.writeString(state.resolve("id.part"), "");
        new Scratch(state).clear();
        assertThat(state).isDirectoryNotContaining("glob:**.part").isDirectoryContaining("glob:**/stack.json");
    }

    @Test
    void while_somebody_reads_in_the_catalog_or_outside_of_it_it_stays() {
        try (ReadLock reading = ReadLock.share(state)) {
            new Scratch(state).clear();
            assertThat(left).as("%s", reading).exists();
        }
        try (ReadLock outside = Scratch.use(state)) {
            new Scratch(state).clear();
            assertThat(left).as("%s", outside).exists();
        }
        new Scratch(state).clear();
        assertThat(left).doesNotExist();
    }
}
