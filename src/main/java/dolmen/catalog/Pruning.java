package dolmen.catalog;

import dolmen.model.Ahead;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.KeptVersions;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.Retention.Decision;
import dolmen.model.Retention.Held;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes backups from a catalog or a bucket by a policy. A backup ceases to exist by one change; only then are its files removed,
 * and its segment archive only when no published backup refers to it. What a killed pruning left is removed by the next.
 */
public final class Pruning {
    private final PrunableBackups place;
    private final Retention policy;
    private final Path state;
    private final Clock clock;
    private final LackedBackups lacked;

    /** {@code state} is the state folder, where the lock of those who read backups lies. */
    public Pruning(PrunableBackups place, Retention policy, Path state, Clock clock) {
        this(place, policy, state, clock, new LackedBackups(List.of(), () -> 0));
    }

    /** Also keeps the backups that other places have not got yet. */
    public Pruning(PrunableBackups place, Retention policy, Path state, Clock clock, LackedBackups lacked) {
        this.place = place;
        this.policy = policy;
        this.state = state;
        this.clock = clock;
        this.lacked = lacked;
    }

    /**
     * Decides without changing anything. Throws {@code Damaged} when a manifest cannot be read: nobody knows then which
     * archives are needed.
     */
    public PrunePlan plan(StackIdentity stack, Set<Label> inUse) {
        List<Backup> backups = place.backups();
        List<Held> held = backups.stream()
                .map(backup -> new Held(
                        backup.manifest().label(),
                        backup.manifest().end(),
                        backup.state().isVerified(),
                        isOwn(backup.manifest(), stack),
                        inUse.contains(backup.manifest().label())))
                .toList();
        Decision decision = lacked.keep(policy.decide(held, clock.instant()), backups, stack);
        Map<Label, Manifest> manifests =
                manifests(backups).stream().collect(Collectors.toMap(Manifest::label, Function.identity()));
        Map<Label, List<Label>> needed =
                needed(decision.kept().keySet().stream().map(manifests::get).toList(), place.neededElsewhere());
        SortedMap<Label, List<Label>> neededArchives = new TreeMap<>(needed);
        neededArchives.keySet().retainAll(decision.removed());
        List<Label> unneeded = place.prunedLabels().stream()
                .filter(label -> !needed.containsKey(label))
                .toList();
        long freedBytes = unneeded.stream().mapToLong(place::archiveBytes).sum()
                + decision.removed().stream()
                        .mapToLong(label -> freed(manifests.get(label), neededArchives.containsKey(label)))
                        .sum();
        List<String> drops = drops(backups, stack, Ahead.of(clock));
        PrunePlan plan = new PrunePlan(decision, neededArchives, unneeded, freedBytes, drops, KeptVersions.NONE);
        KeptVersions versions = versions(plan);
        if (versions.isEmpty()) {
            return plan;
        }
        return place.removesVersions()
                ? new PrunePlan(decision, neededArchives, unneeded, versions.bytes(), drops, KeptVersions.NONE)
                : new PrunePlan(decision, neededArchives, unneeded, 0, drops, versions);
    }

    /** What the place has as versions of all that would be removed. */
    private KeptVersions versions(PrunePlan plan) {
        return Stream.concat(plan.decision().removed().stream(), plan.unneededArchives().stream())
                .map(label -> place.versions(label, plan.neededArchives().containsKey(label)))
                .reduce(KeptVersions.NONE, KeptVersions::and);
    }

    /**
     * Carries a plan out; repeatable, and finishes what an interrupted one began. What the place does not let go, a locked
     * bucket for instance, holds up nothing else; then it throws {@link Failed} that names it. Throws {@code Locked} while
     * backups are read. Returns the plan with the versions that the place still keeps of what was removed.
     */
    public PrunePlan carryOut(PrunePlan plan) {
        ReadLock alone = ReadLock.alone(state);
        try {
            remove(plan);
            return place.removesVersions() ? plan.carriedOut(versions(plan)) : plan;
        } finally {
            alone.close();
        }
    }

    private void remove(PrunePlan plan) {
        Map<Label, StepFailure> whole = new TreeMap<>();
        plan.decision().removed().forEach(label -> attempt(label, whole, () -> place.unpublish(label)));
        Map<Label, List<Label>> needed = needed(manifests(place.backups()), place.neededElsewhere());
        Map<Label, StepFailure> begun = new TreeMap<>();
        place.prunedLabels()
                .forEach(label -> attempt(label, begun, () -> {
                    if (needed.containsKey(label)) {
                        place.keepArchiveOnly(label);
                    } else {
                        place.remove(label);
                    }
                }));
        requireDone(whole, begun);
    }

    private static void requireDone(Map<Label, StepFailure> whole, Map<Label, StepFailure> begun) {
        List<String> left = new ArrayList<>();
        if (!whole.isEmpty()) {
            left.add("could not remove " + whole.keySet() + ", which stay as they were");
        }
        if (!begun.isEmpty()) {
            left.add("could not remove all files of " + begun.keySet()
                    + ", which are no backups any more and which the next pruning goes on with");
        }
        Stream.of(whole, begun)
                .flatMap(refused -> refused.values().stream())
                .findFirst()
                .ifPresent(first -> {
                    throw new Failed(
                            String.join("; ", left) + "; all others that had to go are gone: " + first.getMessage(),
                            first.hint(),
                            first);
                });
    }

    private static void attempt(Label label, Map<Label, StepFailure> refused, Runnable action) {
        try {
            action.run();
        } catch (StepFailure failure) {
            refused.putIfAbsent(label, failure);
        }
    }

    /** For each archive the other backups that need it, those of other places too. */
    private static Map<Label, List<Label>> needed(List<Manifest> kept, Map<Label, List<Label>> elsewhere) {
        Map<Label, List<Label>> needed = new TreeMap<>();
        elsewhere.forEach((label, backups) -> needed.put(label, new ArrayList<>(backups)));
        kept.forEach(manifest -> manifest.archives().keySet().stream()
                .filter(label -> !label.equals(manifest.label()))
                .forEach(label -> needed.computeIfAbsent(label, absent -> new ArrayList<>())
                        .add(manifest.label())));
        return needed;
    }

    private static long freed(Manifest manifest, boolean archiveStays) {
        return manifest.bytes()
                - (archiveStays
                        ? manifest.artifact(Artifact.SEGMENT_ARCHIVE)
                                .map(Artifact::bytes)
                                .orElse(0L)
                        : 0);
    }

    /** Data that got lost in the source must not push the backups out that still have it. */
    private static List<String> drops(List<Backup> backups, StackIdentity stack, Ahead ahead) {
        List<Manifest> newest = backups.stream()
                .filter(new GoodBackups(ahead)::counts)
                .map(Backup::manifest)
                .filter(manifest -> isOwn(manifest, stack))
                .sorted(Comparator.comparing(Manifest::label).reversed())
                .limit(2)
                .toList();
        return newest.size() < 2 ? List.of() : Shrinkage.warnings(Optional.of(newest.get(1)), newest.get(0));
    }

    private static List<Manifest> manifests(List<Backup> backups) {
        return backups.stream().map(Backup::manifest).toList();
    }

    private static boolean isOwn(Manifest manifest, StackIdentity stack) {
        return stack.is(manifest.stack());
    }
}
