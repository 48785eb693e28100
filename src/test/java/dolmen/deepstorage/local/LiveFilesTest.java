package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of files that a throw-away container makes, while Druid writes and deletes some. */
class LiveFilesTest {
    @TempDir
    Path folder;

    private ArchivedStack stack;
    private LocalDeepStorage storage;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
        storage = stack.volume(Transport.SIDECAR);
        Tool.ok(stack.shared, "rm -r *; mkdir segments; echo 1 > segments/stays; echo 1 > segments/goes");
    }

    private SortedMap<String, Long> files() {
        SortedMap<String, Long> files = new TreeMap<>();
        storage.files(0, Meter.NONE).forEach(files::put);
        return files;
    }

    /** What stands for {@code stat} in the scripts: it runs this before it. */
    private void beforeStat(String script) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Files.writeString(programs.resolve("stat"), "#!/bin/sh\n" + script + "\nexec /usr/bin/stat \"$@\"\n");
        Tool.ok(programs, "chmod +x stat");
        stack.historical.preamble = "PATH=" + programs + ":$PATH\n";
    }

    @Test
    void a_file_that_vanishes_while_the_list_is_made_is_not_on_it() throws Exception {
        beforeStat("rm -f " + stack.shared.resolve("segments/goes"));

        assertThat(files()).containsExactlyEntriesOf(new TreeMap<>(Map.of("segments/stays", 2L)));
    }

    @Test
    void a_list_that_is_not_whole_for_another_reason_is_a_failure() throws Exception {
        beforeStat("echo 'stat: cannot statx: Permission denied' >&2; exit 1");

        assertThatThrownBy(this::files)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("could not be listed")
                .hasMessageContaining("Permission denied");

        beforeStat("exit 1");
        assertThatThrownBy(this::files).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void a_name_that_is_no_text_hides_no_other_file() throws Exception {
        Tool.ok(stack.shared, "echo 1 > segments/$'\\xff'");

        assertThat(files()).containsKeys("segments/stays", "segments/goes").hasSize(3);
    }
}
