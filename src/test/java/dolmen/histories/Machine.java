package dolmen.histories;

import dolmen.histories.files.Fuse;
import dolmen.histories.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the history of a seed, or a part of it. */
final class Machine {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    /** So many places are looked at for each event: most events can't happen while there is no segment, or no backup. */
    private static final int PLACES = 20;

    private final Lab lab;

    Machine(Lab lab) {
        this.lab = lab;
    }

    /** An event that happened, by its place in the history. */
    record Step(int place, String event) {}

    /** What happened, and what was wrong in the end. */
    record Played(List<Step> steps, SortedMap<String, Integer> seen, Optional<String> kind, String words) {
        SortedSet<Integer> places() {
            return new java.util.TreeSet<>(steps.stream().map(Step::place).toList());
        }
    }

    /** Plays all events of the seed, or only those at these places. */
    Played play(long seed, Optional<SortedSet<Integer>> kept) {
        Swarm swarm = new Swarm(seed);
        List<Step> steps = new ArrayList<>();
        try (World world = new World(lab, swarm)) {
            for (int place = 0; place < PLACES * swarm.length() && steps.size() < swarm.length(); place++) {
                Random random = Draws.of((seed << 16) + place);
                Event event = swarm.next(random);
                world.site = world.sites.get(random.nextInt(world.sites.size()));
                world.wait(random);
                int at = place;
                if (kept.map(places -> places.contains(at)).orElse(true)
                        && event.possible().test(world)) {
                    steps.add(new Step(place, event.name()));
                    Optional<Violation> wrong = happen(event, world, random);
                    if (wrong.isPresent()) {
                        return new Played(
                                steps,
                                world.seen,
                                wrong.map(Violation::kind),
                                wrong.get().getMessage());
                    }
                }
            }
            return new Played(steps, world.seen, Optional.empty(), "");
        }
    }

    private static Optional<Violation> happen(Event event, World world, Random random) {
        try {
            event.effect().accept(world, random);
            return Optional.empty();
        } catch (Violation wrong) {
            return Optional.of(wrong);
        } catch (RuntimeException failed) {
            Fuse.end();
            StackTraceElement[] stack = failed.getStackTrace();
            String at = stack.length == 0 ? "" : stack[0].toString();
            LOG.info("threw", failed);
            return Optional.of(Violation.of(
                    "thrown",
                    failed.getClass().getSimpleName(),
                    event.name() + ": " + failed.getMessage() + " at " + at));
        }
    }
}
