package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
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
