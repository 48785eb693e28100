package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.model.Taken;
import dolmen.histories.model.Violation;
import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lets a Dolmen run; where it is killed new objects recover; then the invariants are checked. */
final class Runs {
    private static final List<String> SWAPS =
            List.of("swap-segments", "swap-metadata", "swap-datasources", "swap-back");

    private Runs() {}

    /** Runs to its end. */
    static Ended run(World world, RunRequest request) {
        return run(world, request, new Random(0), Dolmen.NEVER);
    }

    /** Runs, and is killed before that many calls; then the killed process is followed by one that recovers. */
    static Ended run(World world, RunRequest request, Random random, int calls) {
        Invariants invariants = Invariants.before(world);
        Ended ended = world.site.run(request, calls);
        ended.killedBefore().ifPresent(call -> recover(world, random));
        ended.report().ifPresent(report -> requireNoBug(request, report));
        notice(world, request, ended);
        invariants.check(request, ended);
        return ended;
    }

    private static void recover(World world, Random random) {
        world.seen("killed");
        world.site.lastStep().filter(SWAPS::contains).ifPresent(step -> world.seen("killed in a swap"));
        while (random.nextInt(5) == 0) {
            int limit = 1 + random.nextInt(world.site.calls.getOrDefault("recover", 40) + 1);
            if (world.site.recover(limit)) {
                return;
            }
            world.seen("killed while it recovered");
        }
        world.site.recover(Dolmen.NEVER);
    }

    private static void requireNoBug(RunRequest request, Report report) {
        if (report.summary().startsWith("unexpected failure")) {
            Violation.raise(
                    "ending", "bug", request.operation() + ": " + report.summary() + " in " + report.failedStep());
        }
    }

    /** Remembers the backups that a run has published. */
    private static void notice(World world, RunRequest request, Ended ended) {
        SortedSet<String> labels = new TreeSet<>(world.published());
        labels.addAll(world.uploaded());
        ended.published().ifPresent(labels::add);
        labels.removeAll(world.taken.keySet());
        for (String label : labels) {
            if (request.operation() != Operation.BACKUP || world.site.dumped == null) {
                Violation.raise("ending", "unknown-backup", label + " was published by " + request.operation());
                continue;
            }
            Stack stack = world.site.stack;
            world.taken.put(
                    label,
                    new Taken(
                            stack.name,
                            world.site.dumped,
                            stack.isWhole(world.site.dumped) && stack.areWhole(world.site.dumped.used())));
        }
    }
}
