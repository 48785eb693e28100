package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plays random histories, which no build does by itself ({@code mvn test -Dtest=Histories}): {@code -Ddolmen.history.from=1 -Ddolmen.history.to=500}, with {@code -Ddolmen.history.real=true} on
 * a Dolmen of its own process. One of them again: {@code -Ddolmen.history.seed=17
 * -Ddolmen.history.keep=4,9,15}. {@code -Ddolmen.history.pass-over=KIND,KIND} looks for what else is wrong.
 */
class Histories {
    /** So many histories must have seen everything. */
    private static final int LONG_RUN = 1000;

    private record Range(long from, long to) {}

    @Test
    @Timeout(6 * 60 * 60)
    void what_is_verified_restores_and_nothing_is_lost_in_any_history() throws Exception {
        Range range = asked().orElseThrow(() -> new AssertionError("say which histories: see CONTRIBUTING.md"));
        Tally tally = new Tally();
        new Players(System.getProperty("dolmen.history.keep", "")).play(range.from(), range.to(), tally);
        tally.lines().forEach(System.out::println);
        assertThat(tally.failures()).as("see the shortest histories above").isEmpty();
        assertThat(tally.played()).isEqualTo(range.to() - range.from() + 1);
        if (tally.played() >= LONG_RUN && !Boolean.getBoolean("dolmen.history.real")) {
            assertThat(tally.neverSeen())
                    .as("events and situations that never came")
                    .isEmpty();
        }
    }

    private static Optional<Range> asked() {
        Long seed = Long.getLong("dolmen.history.seed");
        Long from = Long.getLong("dolmen.history.from", seed);
        return Optional.ofNullable(from).map(first -> new Range(first, Long.getLong("dolmen.history.to", first)));
    }
}
