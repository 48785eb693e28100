package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.model.Snapshot;
import dolmen.histories.model.Taken;
import dolmen.histories.model.Violation;
import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Requests;
import dolmen.model.RunRequest;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.function.Predicate;

/** The process of a run is killed at a random moment. */
final class KillEvents {
    static final List<Event> ALL = List.of(
            Event.of(
                    "kill-backup",
                    2,
                    DruidEvents::anyUsed,
                    (world, random) -> kill(
                            world, random, BackupEvents.backup(random.nextBoolean() ? Kind.FULL : Kind.INCREMENTAL))),
            Event.of(
                    "kill-restore",
                    2,
                    world -> !BackupEvents.anywhere(world).isEmpty(),
                    (world, random) -> kill(
                            world, random, RestoreEvents.of(DruidEvents.one(BackupEvents.anywhere(world), random)))),
            Event.of(
                    "kill-datasources",
                    2,
                    RestoreEvents::anyDatasource,
                    (world, random) -> kill(world, random, RestoreEvents.ofDatasource(world, random))),
            Event.of(
                    "kill-undo",
                    5,
                    world -> !world.site.restores.isEmpty(),
                    (world, random) -> kill(world, random, RestoreEvents.undoing(world))),
            Event.of(
                    "kill-prune",
                    2,
                    world -> world.swarm.keepLast() > 0,
                    (world, random) -> kill(world, random, BackupEvents.anyPrune(world, random))),
            Event.of(
                    "kill-upload",
                    4,
                    world -> world.swarm.bucket() && !world.published().isEmpty(),
                    (world, random) -> kill(world, random, BackupEvents.request(Operation.UPLOAD))));

    private KillEvents() {}

    private static void kill(World world, Random random, RunRequest request) {
        Snapshot before = world.site.stack.now();
        int calls = world.site.calls.getOrDefault(request.operation().word(), 150);
        Ended ended = Runs.run(world, Requests.confirmed(request), random, 1 + random.nextInt(calls));
        ended.killedBefore()
                .ifPresent(call -> world.seen("killed: " + request.operation().word()));
        SortedSet<String> now = world.site.stack.now().keys(name -> true);
        if (request.operation() == Operation.RESTORE) {
            Taken source =
                    world.taken.get(request.backup().label().orElseThrow().text());
            Predicate<String> concerned = request.choice()::has;
            SortedSet<String> after = before.keys(concerned.negate());
            after.addAll(source.moment().keys(concerned));
            requireOneOf("kill-restore", before.keys(name -> true), after, now);
            world.site.restores.clear();
        } else if (request.operation() == Operation.UNDO) {
            Site.Restored undone = world.site.restores.peek();
            Predicate<String> concerned = name ->
                    undone.datasources().isEmpty() || undone.datasources().contains(name);
            SortedSet<String> after = before.keys(concerned.negate());
            after.addAll(undone.before().keys(concerned));
            requireOneOf("kill-undo", before.keys(name -> true), after, now);
            world.site.restores.clear();
        } else {
            requireOneOf("kill", before.keys(name -> true), before.keys(name -> true), now);
        }
    }

    private static void requireOneOf(
            String kind, SortedSet<String> before, SortedSet<String> after, SortedSet<String> now) {
        if (!now.equals(before) && !now.equals(after)) {
            Violation.raise("killed", kind, "neither as before " + before + " nor as after " + after + ": " + now);
        }
    }
}
