package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final Bar bar = new Bar(new PrintStream(terminal, true, StandardCharsets.UTF_8), 80);

    private static StepProgress after(int seconds) {
        return StepProgress.mean(
                "s", seconds * 1_000_000L, OptionalLong.of(1_000_000_000), Duration.ofSeconds(seconds));
    }

    @Test
    void a_log_gets_at_most_a_line_in_ten_seconds_and_ever_fewer() {
        AtomicLong second = new AtomicLong();
        List<Long> told = new ArrayList<>();
        Lines lines = new Lines(line -> told.add(second.get()), () -> second.get() * 1_000_000_000L);
        for (; second.get() < 1000; second.incrementAndGet()) {
            lines.show(after((int) second.get()));
        }
        assertThat(told).containsExactly(10L, 30L, 70L, 150L, 310L, 610L, 910L);
    }

    @Test
    void a_log_gets_no_line_of_a_short_step_and_the_next_long_one_begins_anew() {
        AtomicLong second = new AtomicLong();
        List<String> told = new ArrayList<>();
        Lines lines = new Lines(told::add, () -> second.get() * 1_000_000_000L);
        second.set(100);
        lines.show(after(9));
        assertThat(told).isEmpty();
        lines.show(after(10));
        lines.clear();
        second.set(110);
        lines.show(after(10));
        assertThat(told).hasSize(2).allMatch(line -> line.startsWith("s: 10.0 MB of 1.0 GB, 1 %, "));
    }

    @Test
    void a_bar_is_drawn_over_itself_without_leftovers_and_taken_away() {
        bar.show(after(1));
        bar.show(after(10));
        bar.clear();
        assertThat(seen()).isEmpty();
        bar.show(after(10));
        assertThat(seen()).startsWith("s  [....................] 1 %  10.0 MB of 1.0 GB  1.0 MB/s");
    }

    @Test
    void what_others_print_stands_whole_above_the_bar() {
        bar.show(after(10));
        bar.others().println("INFO short");
        bar.show(after(20));
        bar.others().print("half ");
        bar.show(after(30));
        bar.others().println("line");
        bar.show(after(40));
        String[] rows = seen().split("\n");
        assertThat(rows).hasSize(3).startsWith("INFO short", "half line");
        assertThat(rows[2]).startsWith("s  [....................] 4 %  40.0 MB");
    }

    @Test
    void a_bar_never_wraps() {
        Bar narrow = new Bar(new PrintStream(terminal, true, StandardCharsets.UTF_8), 26);
        narrow.show(after(10));
        assertThat(seen()).hasSize(25);
    }

    /** What a terminal would show: a carriage return goes to the begin of the line, letters replace what stands there. */
    private String seen() {
        StringBuilder all = new StringBuilder();
        for (String line : terminal.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            StringBuilder row = new StringBuilder();
            int column = 0;
            for (char letter : line.toCharArray()) {
                if (letter == '\r') {
                    column = 0;
                } else {
                    row.replace(column, Math.min(row.length(), column + 1), "" + letter);
                    column++;
                }
            }
            all.append(row.toString().stripTrailing()).append('\n');
        }
        return all.toString().stripTrailing();
    }
}
