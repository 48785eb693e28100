package dolmen.histories;

import dolmen.histories.model.Taken;
import dolmen.histories.model.Violation;
import dolmen.model.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** No good backup goes but by the rule: the newest ones of its stack stay, and those of the future do not count. */
final class Pruned {
    private final World world;

    Pruned(World world) {
        this.world = world;
    }

    /** {@code before} are the labels that were there and the one that the run has published. */
    void check(String run, SortedSet<String> before, SortedSet<String> after, String where) {
        SortedSet<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        gone.forEach(label -> check(run, label, before, after, where));
    }

    private void check(String run, String label, SortedSet<String> before, SortedSet<String> after, String where) {
        Taken taken = world.taken.get(label);
        String words = label + " of stack " + taken.stack() + " went " + where + " by " + run + " of stack "
                + world.site.stack.name + "; before: " + before + ", after: " + after;
        if (!taken.stack().equals(world.site.stack.name)) {
            Violation.raise("pruned", "of-another-stack", words);
            return;
        }
        if (world.swarm.keepLast() == 0) {
            Violation.raise("pruned", "without-a-rule", words);
            return;
        }
        SortedSet<String> all = new TreeSet<>(before);
        all.addAll(after);
        Instant latest = world.clock.instant().plus(Duration.ofMinutes(10));
        List<String> counted = all.stream()
                .filter(each -> world.taken.get(each).stack().equals(taken.stack()))
                .filter(each -> !new Label(each).start().isAfter(latest))
                .toList();
        int kept = Math.min(world.swarm.keepLast(), counted.size());
        if (counted.subList(counted.size() - kept, counted.size()).contains(label)) {
            boolean future =
                    all.stream().anyMatch(each -> new Label(each).start().isAfter(latest));
            boolean other =
                    all.stream().anyMatch(each -> !world.taken.get(each).stack().equals(taken.stack()));
            Violation.raise(
                    "pruned",
                    future ? "under-a-future-label" : other ? "beside-another-stack" : "against-the-rule",
                    words);
        }
    }
}
