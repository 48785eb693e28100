package dolmen.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.progress.Display;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final String COLUMNS = "dolmen.columns";

    private final PrintStream before = System.err;

    @AfterEach
    void forget() {
        System.clearProperty(COLUMNS);
    }

    @Test
    void a_bar_takes_standard_error_and_gives_it_back() {
        System.setProperty(COLUMNS, "80");
        try (Display bar = Terminal.display(false)) {
            assertThat(bar).isNotNull();
            assertThat(System.err).isNotSameAs(before);
        }
        assertThat(System.err).isSameAs(before);
    }

    @Test
    void there_is_no_bar_for_a_program_that_reads_json_nor_without_a_terminal() {
        System.setProperty(COLUMNS, "80");
        try (Display forProgram = Terminal.display(true)) {
            assertThat(forProgram).hasSameClassAs(Display.lines(line -> {}));
            assertThat(System.err).isSameAs(before);
        }
        System.clearProperty(COLUMNS);
        try (Display none = Terminal.display(false)) {
            assertThat(none).hasSameClassAs(Display.lines(line -> {}));
            assertThat(System.err).isSameAs(before);
        }
    }
}
