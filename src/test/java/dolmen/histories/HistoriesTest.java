package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plays random histories: {@code -Ddolmen.history.from=1 -Ddolmen.history.to=500}, with {@code -Ddolmen.history.real=true} on
 * a Dolmen of its own process. One of them again: {@code -Ddolmen.history.seed=17
 * -Ddolmen.history.keep=4,9,15}. {@code -Ddolmen.history.pass-over=KIND,KIND} looks for what else is wrong.
 */
class HistoriesTest {
    /** So many histories must have seen everything. */
    private static final int LONG_RUN = 1000;

    /** What a build plays: a lot that takes about half a minute; empty: none. */
    private static final Optional<Range> OF_A_BUILD = Optional.empty();

    private record Range(long from, long to) {}

    @Test
    @Timeout(6 * 60 * 60)
    void what_is_verified_restores_and_nothing_is_lost_in_any_history() throws Exception {
        Optional<Range> asked = asked().or(() -> OF_A_BUILD);
        Assumptions.assumeTrue(asked.isPresent(), "no histories are asked for: see CONTRIBUTING.md");
        Range range = asked.orElseThrow();
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

    @Test
    void a_failure_is_shrunk_to_the_events_that_matter() {
        SortedMap<String, Integer> none = new java.util.TreeMap<>();
        List<Machine.Step> steps =
                List.of(new Machine.Step(0, "a"), new Machine.Step(3, "b"), new Machine.Step(7, "c"));
        Shrinker shrinker = new Shrinker((seed, kept) -> new Machine.Played(
                steps.stream()
                        .filter(step -> kept.map(places -> places.contains(step.place()))
                                .orElse(true))
                        .toList(),
                none,
                kept.map(places -> places.contains(3)).orElse(true) ? Optional.of("kind") : Optional.empty(),
                ""));

        Machine.Played all = new Machine.Played(steps, none, Optional.of("kind"), "");
        assertThat(shrinker.shrink(1, all).places()).containsExactly(3);
    }
}
