package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.Site.Restored;
import dolmen.histories.model.Snapshot;
import dolmen.histories.model.Taken;
import dolmen.histories.model.Violation;
import dolmen.model.Label;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Backups are restored, wholly or by datasource, and restores are undone. */
final class RestoreEvents {
    /** A label further ahead of the clock than this is not taken unnamed. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final Pattern LOST = Pattern.compile("(\\d+) used segments of \\w+");

    static final List<Event> ALL = List.of(
            Event.of("restore", 3, world -> !BackupEvents.anywhere(world).isEmpty(), RestoreEvents::labelled),
            Event.of("restore-newest", 2, world -> !BackupEvents.good(world).isEmpty(), RestoreEvents::newest),
            Event.of("restore-datasources", 4, RestoreEvents::anyDatasource, RestoreEvents::datasources),
            Event.of("undo", 6, world -> !world.site.restores.isEmpty(), (world, random) -> undo(world)));

    private RestoreEvents() {}

    static RunRequest of(String label) {
        return restoring(label).request();
    }

    private static Restoring restoring(String label) {
        return Restoring.of(new Label(label)).withoutMetabase();
    }

    private static void labelled(World world, Random random) {
        restore(world, of(DruidEvents.one(BackupEvents.anywhere(world), random)), name -> true);
    }

    private static void newest(World world, Random random) {
        restore(world, Restoring.newest().withoutMetabase().request(), name -> true);
    }

    static boolean anyDatasource(World world) {
        return !withSegments(world).isEmpty();
    }

    /** The labels of backups of this stack that are not empty. */
    private static List<String> withSegments(World world) {
        return BackupEvents.anywhere(world).stream()
                .filter(label -> !world.taken.get(label).moment().used().isEmpty())
                .toList();
    }

    /** A restore of a datasource of one of the backups. */
    static RunRequest ofDatasource(World world, Random random) {
        String label = DruidEvents.one(withSegments(world), random);
        String name = DruidEvents.one(
                        List.copyOf(world.taken.get(label).moment().used()), random)
                .datasource();
        return restoring(label).only(name).request();
    }

    private static void datasources(World world, Random random) {
        RunRequest request = ofDatasource(world, random);
        restore(world, request, request.choice()::has);
    }

    private static void restore(World world, RunRequest request, Predicate<String> concerned) {
        Snapshot before = world.site.stack.now();
        Ended asked = Runs.run(world, request);
        Ended ended = isQuestion(asked) ? Runs.run(world, Requests.confirmed(request)) : asked;
        boolean ofAnother = ended.report()
                .map(Report::summary)
                .filter(text -> text.contains("the shared folder of this stack is"))
                .filter(text -> !text.contains("none is of this stack")) // its own may be ahead of the clock
                .isPresent();
        if (ofAnother && request.backup().label().isEmpty()) {
            Violation.raise(
                    "restored", "another-stack", ended.report().orElseThrow().summary());
            return;
        }
        if (isWhole(world, request) && !isRightlyRefused(ended)) {
            BackupEvents.require(ended, "restore");
        }
        if (!ended.succeeded()) {
            return;
        }
        Report report = ended.report().orElseThrow();
        Taken source = world.taken.get(ended.label().orElseThrow());
        if (!source.stack().equals(world.site.stack.name)) {
            Violation.raise("restored", "another-stack", report.summary());
            return;
        }
        Snapshot now = world.site.stack.now();
        require("restored", "rows", source.moment().keys(concerned), now.keys(concerned));
        require("restored", "other-rows", before.keys(concerned.negate()), now.keys(concerned.negate()));
        requireAnnounced(asked, before.keys(name -> true), now);
        world.site.restores.push(new Restored(
                report.run().id().text(),
                before,
                source.moment(),
                List.copyOf(request.choice().datasources())));
    }

    /**
     * Whether the backup that is asked for was whole, and no archive that it needs is lost here; without a label that is
     * the newest of this stack that the clock has reached.
     */
    private static boolean isWhole(World world, RunRequest request) {
        SortedSet<String> labels = world.published();
        Optional<String> asked = request.backup().label().map(Label::text);
        if (asked.isEmpty()) {
            return labels.stream()
                    .filter(label -> world.taken.get(label).stack().equals(world.site.stack.name))
                    .filter(label -> !new Label(label)
                            .start()
                            .isAfter(world.clock.instant().plus(CLOCKS_DIFFER)))
                    .reduce((older, newer) -> newer)
                    .filter(newest -> world.taken.get(newest).whole() && world.hasArchives(newest))
                    .isPresent();
        }
        return asked.filter(labels::contains).map(world::hasArchives).orElse(true);
    }

    /**
     * An archive that was lost when somebody looked, and was fetched for another backup since, is not looked at again; and
     * where the stack's own backups are ahead of the clock, no other one is taken unnamed.
     */
    private static boolean isRightlyRefused(Ended ended) {
        return ended.report()
                .map(Report::summary)
                .filter(text -> text.contains("is damaged: ") && text.contains("is not there")
                        || text.contains("none is of this stack"))
                .isPresent();
    }

    private static boolean isQuestion(Ended asked) {
        return asked.report()
                .map(report -> report.summary().contains("would lose"))
                .orElse(false);
    }

    private static void require(String invariant, String kind, SortedSet<String> expected, SortedSet<String> found) {
        if (!expected.equals(found)) {
            Violation.raise(invariant, kind, "expected " + expected + ", found " + found);
        }
    }

    /** What was live before and is not now stood in the question. */
    private static void requireAnnounced(Ended asked, SortedSet<String> before, Snapshot now) {
        SortedSet<String> lost = new TreeSet<>(before);
        lost.removeAll(now.keys(name -> true));
        Matcher announced = LOST.matcher(asked.report().map(Report::summary).orElse(""));
        int sum = 0;
        while (announced.find()) {
            sum += Integer.parseInt(announced.group(1));
        }
        if (sum < lost.size()) {
            boolean sameId = lost.stream().anyMatch(key -> now.rows().containsKey(key.substring(0, key.indexOf('@'))));
            Violation.raise(
                    "lost",
                    sameId ? "other-content-of-one-id" : "unannounced",
                    "announced " + sum + " ("
                            + asked.report().map(Report::summary).orElse("") + "), lost " + lost);
        }
    }

    static RunRequest undoing(World world) {
        return Requests.undo(world.site.restores.peek().run());
    }

    private static void undo(World world) {
        Restored restored = world.site.restores.peek();
        Snapshot before = world.site.stack.now();
        Ended asked = Runs.run(world, undoing(world));
        Ended ended = isQuestion(asked) ? Runs.run(world, Requests.confirmed(undoing(world))) : asked;
        if (!ended.succeeded() && ended.report().orElseThrow().summary().contains("no safety copy")) {
            world.site.restores.clear();
            return;
        }
        if (!ended.succeeded() && ended.report().orElseThrow().summary().contains("whose files are gone")) {
            world.seen("undo without files");
            return;
        }
        if (!ended.succeeded() && ended.report().orElseThrow().summary().contains("whose files Druid has replaced")) {
            world.seen("undo of a path given again");
            return;
        }
        BackupEvents.require(ended, "undo");
        world.site.restores.pop();
        if (!ended.succeeded()) {
            return;
        }
        Predicate<String> concerned = name ->
                restored.datasources().isEmpty() || restored.datasources().contains(name);
        Snapshot now = world.site.stack.now();
        require("undone", "rows", restored.before().keys(concerned), now.keys(concerned));
        require("undone", "other-rows", before.keys(concerned.negate()), now.keys(concerned.negate()));
        SortedSet<String> since = before.keys(name -> true);
        since.removeAll(restored.brought().keys(name -> true));
        requireAnnounced(asked, since, now);
        world.seen(world.seen.containsKey("undone last") ? "undo over undo" : "undone last");
    }
}
