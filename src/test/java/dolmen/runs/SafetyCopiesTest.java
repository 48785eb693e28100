package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.RunMark;
import dolmen.restore.SafetyCopyRetention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which restores the replaced data are kept, and which of them is the last one. */
class SafetyCopiesTest {
    private static final RunMark BEFORE = new RunMark("20261124-020000-000");
    private static final RunMark AHEAD = new RunMark("20380119-031407-000");
    private static final RunMark NOW = new RunMark("20261125-020000-000");
    private static final RunMark LATER = new RunMark("20261126-020000-000");

    @TempDir
    Path state;

    private final List<RunMark> dropped = new ArrayList<>();

    @Test
    @Tag("T12")
    void T12_after_a_clock_that_was_ahead_the_last_restore_can_be_undone_and_not_the_one_of_2038() {
        SafetyCopies copies = new SafetyCopies(state, 2);
        keep(copies, BEFORE, AHEAD, NOW);

        assertThat(copies.list()).containsExactly(AHEAD, NOW);
        assertThat(copies.newest()).contains(NOW);
        assertThat(dropped).containsExactly(BEFORE);

        copies.remove(NOW);
        assertThat(copies.newest()).contains(AHEAD);
    }

    @Test
    @Tag("T12")
    void T12_with_one_copy_the_last_restore_keeps_it() {
        keep(new SafetyCopies(state, 1), AHEAD, NOW, NOW);

        assertThat(new SafetyCopies(state, 1).list()).containsExactly(NOW);
        assertThat(dropped).containsExactly(AHEAD);
    }

    @Test
    void what_an_older_version_has_noted_came_before_all_else_in_the_order_of_its_names() throws Exception {
        for (RunMark mark : List.of(NOW, AHEAD)) {
            Files.createFile(SafeFiles.folder(state.resolve("safety-copies")).resolve(mark.text()));
        }
        SafetyCopies copies = new SafetyCopies(state, 9);
        keep(copies, LATER);

        assertThat(copies.list()).containsExactly(NOW, AHEAD, LATER);
    }

    private void keep(SafetyCopies copies, RunMark... marks) {
        SafetyCopyRetention keeper = new SafetyCopyRetention(copies, dropped::add);
        for (RunMark mark : marks) {
            assertThat(keeper.keep(mark)).isTrue();
        }
    }
}
