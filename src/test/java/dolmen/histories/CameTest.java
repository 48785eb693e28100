package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CameTest {
    private final Came came = new Came();

    @Test
    void a_pair_counts_once_in_a_history_however_far_its_events_are_apart() {
        came.take(List.of("append", "full", "drop", "append", "drop"));
        came.take(List.of("full"));
        assertThat(came.lines(List.of("append", "full", "drop")))
                .contains(
                        "event append: 2, 33.3 %",
                        "event full: 2, 33.3 %",
                        "pair append, later drop: 1, 50.0 %",
                        "pair drop, later drop: 1, 50.0 %",
                        "pair full, later append: 1, 50.0 %",
                        "pair full, later full: 0, 0.0 %");
    }

    @Test
    void the_rarest_stand_first_and_what_never_came_among_them() {
        came.take(List.of("append", "append"));
        assertThat(came.lines(List.of("append", "undo")))
                .startsWith(
                        "1 of 2 events, as shares of all 2 events, are under 1 %; the rarest are:",
                        "  event undo: 0, 0.0 %", "  event append: 2, 100.0 %");
    }
}
