package dolmen.needs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOutTest {
    @TempDir
    Path folder;

    private Path notes;
    private LeftOut leftOut;

    @BeforeEach
    void a_process_ran_three_tests() throws Exception {
        notes = folder.resolve("left-out");
        leftOut = new LeftOut(notes);
        leftOut.ran(3);
    }

    @Test
    void a_run_that_left_nothing_out_says_so() throws Exception {
        leftOut.ran(4);

        assertThat(leftOut.list().strip()).isEqualTo("7 tests were run, nothing was left out");
        leftOut.checkReasons();
    }

    @Test
    void what_was_left_out_is_counted_by_its_reason() throws Exception {
        leftOut.leftOut(12, Need.ENGINE.reason(), "one class");
        leftOut.leftOut(1, Need.MOUNT.reason(), "one test");
        leftOut.leftOut(1, Need.ENGINE.reason(), "another test");

        assertThat(leftOut.list().strip().lines())
                .containsExactly(
                        "3 tests were run, 14 were left out:",
                        "    13  no Docker engine (install and start Docker, or set DOCKER_HOST)",
                        "     1  no right to mount (run as root, and not in a container)");
        leftOut.checkReasons();
    }

    @Test
    void a_test_that_was_left_out_for_no_known_need_fails_the_run() throws Exception {
        leftOut.leftOut(1, "is @Disabled", "a test");

        assertThatThrownBy(leftOut::checkReasons)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a test: is @Disabled");
        assertThat(leftOut.list()).contains("     1  is @Disabled");
    }

    @Test
    void without_a_run_there_is_no_list() throws Exception {
        LeftOut.main(folder.resolve("none").toString());

        assertThat(folder.resolve("none.txt")).doesNotExist();
    }
}
