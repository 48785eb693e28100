package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.model.BackupReader;
import dolmen.histories.model.Pushed.Wrong;
import dolmen.histories.model.Segment;
import dolmen.histories.model.Snapshot;
import dolmen.histories.model.Taken;
import dolmen.histories.model.Violation;
import dolmen.model.RunRequest;
import java.util.SortedSet;

/** What must be true after each run, whatever it did: few things, and all of Dolmen's promise. */
final class Invariants {
    private final World world;
    private final SortedSet<String> published;
    private final SortedSet<String> uploaded;

    private Invariants(World world) {
        this.world = world;
        this.published = world.published();
        this.uploaded = world.uploaded();
    }

    /** Looks at everything before a run. */
    static Invariants before(World world) {
        return new Invariants(world);
    }

    void check(RunRequest request, Ended ended) {
        String run = request.operation().word()
                + (request.choice().ofDatasources() ? "-datasources" : "")
                + ended.killedBefore().map(call -> " killed").orElse("");
        ended.published().ifPresent(label -> {
            if (!world.swarm.streamed()) {
                published.add(label);
            }
            if (world.swarm.bucket()) {
                uploaded.add(label);
            }
        });
        new Pruned(world).check(run, published, world.published(), "here");
        new Pruned(world).check(run, uploaded, world.uploaded(), "in the bucket");
        world.published().forEach(label -> verified(label, world.here()));
        world.uploaded().forEach(label -> verified(label, world.inBucket()));
        world.copied().forEach(label -> verified(label, world.inCopies()));
        world.sites.forEach(site -> live(run, site));
        Leftovers.check(world, run);
    }

    /** A verified backup is just what its stack was at its moment. */
    private void verified(String label, BackupReader.Files files) {
        Taken taken = world.taken.get(label);
        Stack stack = world.sites.stream()
                .map(site -> site.stack)
                .filter(each -> each.name.equals(taken.stack()))
                .findFirst()
                .orElseThrow();
        Snapshot found = new BackupReader(stack.shared.toString(), files).read(label);
        if (!found.keys(name -> true).equals(taken.moment().keys(name -> true))) {
            Violation.raise("verified", "rows", label + " has " + found.keys(name -> true));
        }
        for (Segment segment : found.used()) {
            stack.pushed
                    .wrong(segment, found.of(segment))
                    .ifPresent(wrong -> fail("verified", wrong, "backup " + label + ": "));
        }
        if (!found.used().stream().allMatch(segment -> found.of(segment).equals(stack.pushed.of(segment)))) {
            world.taken.put(label, new Taken(taken.stack(), taken.moment(), false));
        }
    }

    /** No run changes a file of a used segment: it is what Druid wrote, or was damaged before. */
    private static void live(String run, Site site) {
        Snapshot now = site.stack.now();
        for (Segment segment : now.used()) {
            site.stack
                    .pushed
                    .wrong(segment, now.of(segment))
                    .ifPresent(wrong -> fail("live", wrong, "after " + run + ": "));
        }
    }

    private static void fail(String invariant, Wrong wrong, String where) {
        Violation.raise(invariant, wrong.kind(), where + wrong.words());
    }
}
