package dolmen.histories;

import dolmen.histories.Machine.Played;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Drops events of a history that failed while the rest still fails in the same way. */
final class Shrinker {
    private final Play machine;

    /** Plays a part of a history. */
    @FunctionalInterface
    interface Play {
        Played play(long seed, Optional<SortedSet<Integer>> kept);
    }

    Shrinker(Play machine) {
        this.machine = machine;
    }

    /** The shortest that it finds: first large pieces are left out, at last each single event. */
    Played shrink(long seed, Played failed) {
        Played shortest = failed;
        for (int piece = Math.max(1, failed.steps().size() / 2); piece >= 1; piece /= 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                Integer[] places = shortest.places().toArray(Integer[]::new);
                for (int from = 0; from < places.length && !shorter; from += piece) {
                    SortedSet<Integer> left = new TreeSet<>(shortest.places());
                    for (int i = from; i < Math.min(places.length, from + piece); i++) {
                        left.remove(places[i]);
                    }
                    Played tried = machine.play(seed, Optional.of(left));
                    if (tried.kind().equals(failed.kind())) {
                        shortest = tried;
                        shorter = true;
                    }
                }
            }
        }
        return shortest;
    }
}
