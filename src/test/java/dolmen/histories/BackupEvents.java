package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.files.Fuse;
import dolmen.histories.model.Content;
import dolmen.histories.model.Segment;
import dolmen.histories.model.Violation;
import dolmen.model.BackupChoice;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Requests;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;

/** Backups are taken, verified, sent, pruned and exported. */
final class BackupEvents {
    static final List<Event> ALL = List.of(
            Event.needed("full", 4, DruidEvents::anyUsed, (world, random) -> backup(world, Kind.FULL)),
            Event.needed("incremental", 6, DruidEvents::anyUsed, (world, random) -> backup(world, Kind.INCREMENTAL)),
            Event.of("changed-inside", 2, BackupEvents::mayBreakIn, BackupEvents::changedInside),
            Event.of("cut-inside", 2, BackupEvents::mayBreakIn, BackupEvents::cutInside),
            Event.of("verify", 2, world -> !complete(world).isEmpty(), BackupEvents::verify),
            Event.of("verify-remote", 3, world -> !world.uploaded().isEmpty(), BackupEvents::verifyRemote),
            Event.of("upload", 5, BackupEvents::mayUpload, (world, random) -> ok(world, request(Operation.UPLOAD))),
            Event.of("copy", 8, BackupEvents::mayCopy, (world, random) -> ok(world, request(Operation.COPY))),
            Event.of("prune", 2, world -> world.swarm.keepLast() > 0, BackupEvents::prune),
            Event.of("lose-local", 6, world -> !inBoth(world).isEmpty(), BackupEvents::loseLocal),
            Event.of("export", 2, world -> !complete(world).isEmpty(), BackupEvents::export));

    private BackupEvents() {}

    static RunRequest request(Operation operation) {
        return RunRequest.of(operation, Origin.COMMAND);
    }

    static RunRequest backup(Kind kind) {
        return Requests.backup(kind);
    }

    static RunRequest anyPrune(World world, Random random) {
        return request(world.swarm.bucket() && random.nextBoolean() ? Operation.PRUNE_REMOTE : Operation.PRUNE);
    }

    /** Refused where the newest backup holds much less than the one before. */
    private static void prune(World world, Random random) {
        Ended ended = Runs.run(world, anyPrune(world, random));
        if (!ended.report().orElseThrow().summary().contains("holds much less")) {
            require(ended, "prune");
        }
    }

    private static void backup(World world, Kind kind) {
        boolean whole = world.site.stack.isWhole(world.site.stack.now());
        if (kind == Kind.INCREMENTAL) {
            note(world);
        }
        Ended ended = Runs.run(world, backup(kind));
        if (whole) {
            require(ended, "backup");
        }
    }

    private static void note(World world) {
        if (good(world).isEmpty() && !anywhere(world).isEmpty()) {
            world.seen("base in the bucket alone");
        }
        List<Segment> before = world.taken.values().stream()
                .filter(taken -> taken.stack().equals(world.site.stack.name))
                .flatMap(taken -> taken.moment().used().stream())
                .toList();
        if (world.site.stack.now().used().stream()
                .anyMatch(now -> before.stream().anyMatch(now::isAgain))) {
            world.seen("same id and path under an incremental");
        }
    }

    /** The labels of this stack's backups here that were whole. */
    static List<String> good(World world) {
        return own(world, world.published());
    }

    /** Of these the ones whose archives are all here; what the disk of the catalog has lost may be of another backup. */
    private static List<String> complete(World world) {
        return good(world).stream().filter(world::hasArchives).toList();
    }

    private static List<String> own(World world, SortedSet<String> labels) {
        return labels.stream()
                .filter(label -> world.taken.get(label).stack().equals(world.site.stack.name))
                .filter(label -> world.taken.get(label).whole())
                .toList();
    }

    /** The labels of this stack's good backups, wherever they are. */
    static List<String> anywhere(World world) {
        SortedSet<String> labels = world.published();
        labels.addAll(world.uploaded());
        return own(world, labels);
    }

    private static List<String> inBoth(World world) {
        SortedSet<String> both = world.published();
        both.retainAll(world.uploaded());
        return own(world, both);
    }

    /** What happens inside of a run needs to know where that is. */
    private static boolean mayBreakIn(World world) {
        return !World.REAL && DruidEvents.anyUsed(world);
    }

    private static boolean mayUpload(World world) {
        return world.swarm.bucket() && mayLeave(world);
    }

    private static boolean mayCopy(World world) {
        return world.swarm.copied() && mayLeave(world);
    }

    /** There is something to send, and nothing is lost here that any backup needs, be it one of a damaged stack. */
    private static boolean mayLeave(World world) {
        return !good(world).isEmpty() && world.published().stream().allMatch(world::hasArchives);
    }

    /** What has to succeed; but where no backup was named, one of the future is none. */
    static void require(Ended ended, String what) {
        boolean ofTheFuture = ended.report()
                .filter(report -> report.summary().contains("ahead of the clock"))
                .isPresent();
        if (!ended.succeeded() && !ofTheFuture) {
            Violation.raise(
                    "refused",
                    what,
                    ended.report()
                            .map(report -> report.summary() + " in "
                                    + report.failedStep().orElse("-"))
                            .orElse("no report"));
        }
    }

    private static void ok(World world, RunRequest request) {
        require(Runs.run(world, request), request.operation().word());
    }

    /** Druid goes on while a backup is taken. */
    private static void changedInside(World world, Random random) {
        Stack stack = world.site.stack;
        int drawn = random.nextInt(3);
        Fuse.surprise("ran pg_dump"::equals, () -> {
            if (drawn == 0) {
                DruidEvents.append(world, stack, random);
            } else {
                DruidEvents.drop(stack, random);
            }
            if (drawn == 2) {
                stack.now().rows().values().stream()
                        .filter(segment -> !segment.used())
                        .forEach(stack::kill);
            }
            world.seen("changed inside a backup");
        });
        Runs.run(world, backup(random.nextBoolean() ? Kind.FULL : Kind.INCREMENTAL));
    }

    /** A file is cut just before it is opened, or between that and the first of its bytes. */
    private static void cutInside(World world, Random random) {
        Stack stack = world.site.stack;
        String file = FaultEvents.dataFile(stack, random);
        Content before = stack.now().files().get(file);
        if (before == null) {
            return;
        }
        String how = random.nextBoolean() ? "read" : "content";
        Fuse.surprise(call -> call.equals(how + " " + stack.shared + "/" + file), () -> {
            stack.damage(file, before.cut());
            world.seen("cut while it was read");
        });
        Runs.run(world, backup(random.nextBoolean() ? Kind.FULL : Kind.INCREMENTAL));
    }

    private static void verify(World world, Random random) {
        String label = DruidEvents.one(complete(world), random);
        ok(
                world,
                new RunRequest(Operation.VERIFY, Origin.COMMAND, new VerifyOptions(BackupChoice.of(new Label(label)))));
    }

    private static void verifyRemote(World world, Random random) {
        String label = DruidEvents.one(List.copyOf(world.uploaded()), random);
        ok(
                world,
                new RunRequest(
                        Operation.VERIFY_REMOTE, Origin.COMMAND, new LabelOptions(Optional.of(new Label(label)))));
    }

    /** The disk of the catalog loses a backup that the bucket has. */
    private static void loseLocal(World world, Random random) {
        Lab.remove(world.catalog().resolve(DruidEvents.one(inBoth(world), random)));
    }

    private static void export(World world, Random random) {
        String label = DruidEvents.one(complete(world), random);
        String folder = world.lab
                .home
                .resolve("export-" + world.clock.instant().toEpochMilli())
                .toString();
        ok(world, new RunRequest(Operation.EXPORT, Origin.COMMAND, new ExportOptions(new Label(label), folder)));
    }
}
