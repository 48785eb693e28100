package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.RunRequest;
import dolmen.model.Sameness;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses among the backups of a place, which come newest first, those of this Dolmen's stack. */
public final class OwnBackups {
    private static final Logger LOG = LoggerFactory.getLogger(OwnBackups.class);

    private final OwnStack stack;
    private final Optional<Supplier<StackIdentity>> live;

    /** Chooses by what is known without asking the stack. */
    public OwnBackups(OwnStack stack) {
        this(stack, Optional.empty());
    }

    /** Asks the stack itself first, where it answers. */
    public OwnBackups(OwnStack stack, Supplier<StackIdentity> live) {
        this(stack, Optional.of(live));
    }

    private OwnBackups(OwnStack stack, Optional<Supplier<StackIdentity>> live) {
        this.stack = stack;
        this.live = live;
    }

    /** The newest that is known to be of this stack. */
    static Optional<Backup> newestOf(StackIdentity stack, Stream<Backup> newestFirst) {
        return newestFirst.filter(backup -> stack.is(backup.manifest().stack())).findFirst();
    }

    /**
     * What Dolmen takes by itself: the newest of this stack. While nothing tells which stack this is, the newest one that
     * is not of another stack, unless these are of several.
     */
    public Optional<Backup> newest(Supplier<Stream<Backup>> newestFirst) {
        StackIdentity known = stack.known();
        Optional<Backup> same = newestOf(known, newestFirst.get());
        if (same.isPresent() || known.canBeTold()) {
            return same;
        }
        List<Backup> left = newestFirst
                .get()
                .filter(backup -> known.compare(backup.manifest().stack()) != Sameness.OTHER)
                .toList();
        return mayBeOne(left) ? left.stream().findFirst() : Optional.empty();
    }

    /** The newest that is of this stack as it is now, or as it was when it was backed up last. */
    public Optional<Backup> same(Supplier<Stream<Backup>> newestFirst) {
        return known().stream()
                .flatMap(each -> newestOf(each, newestFirst.get()).stream())
                .findFirst();
    }

    /**
     * What a person means who names none: the newest of this stack. Where there is none, as for a stack that is new or was
     * emptied, the newest of all, unless they are of several stacks: then it throws {@link Refused} with a list. Throws
     * {@code none} when there is no backup.
     */
    public Backup choose(Supplier<Stream<Backup>> newestFirst, Supplier<? extends StepFailure> none) {
        return same(newestFirst).orElseGet(() -> ofOneStack(newestFirst.get().toList(), none));
    }

    /** Of a catalog; one that is newer and cannot be read throws {@code Damaged}: it may be the one that is meant. */
    public Backup choose(Catalog catalog) {
        Backup chosen = choose(catalog::good, () -> {
            // throws for a damaged one
            catalog.goodOrDamaged().findFirst();
            return catalog.noneGood();
        });
        // reads from the newest on to the chosen one, and so throws for a damaged one that is newer
        catalog.goodOrDamaged().anyMatch(chosen::equals);
        return chosen;
    }

    /** The backup of the catalog that a run names, else the newest that is this stack's own. */
    public Backup named(RunRequest request, Catalog catalog) {
        return request.backup()
                .label()
                .map(catalog::find)
                .or(() -> newest(catalog::good))
                .orElseThrow(() -> noneOwn(catalog));
    }

    private static NothingToRestore noneOwn(Catalog catalog) {
        return catalog.good().findFirst().isEmpty()
                ? catalog.noneGood()
                : new NothingToRestore(
                        "no good backup in " + catalog.folder().toAbsolutePath() + " is known to be of this stack"
                                + catalog.ahead()
                                        .words(catalog.labels())
                                        .map(future -> "; " + future)
                                        .orElse(""),
                        "`dolmen list` shows whose each is. Name the one that is meant, or take one with `dolmen backup`.");
    }

    private static Backup ofOneStack(List<Backup> backups, Supplier<? extends StepFailure> none) {
        if (!mayBeOne(backups)) {
            throw new Refused(
                    "the backups are of several stacks, and none is known to be of this one: " + words(backups),
                    "Name the one that is meant. `dolmen list` shows whose each is, with --remote those in the bucket.");
        }
        return backups.stream().findFirst().orElseThrow(none);
    }

    private List<StackIdentity> known() {
        List<StackIdentity> known = new ArrayList<>();
        try {
            live.ifPresent(asked -> known.add(asked.get()));
        } catch (StepFailure silent) {
            LOG.info("cannot ask the stack which one it is: {}", silent.getMessage());
        }
        known.add(stack.known());
        return known;
    }

    private static boolean mayBeOne(List<Backup> backups) {
        return StackIdentity.mayBeOne(backups.stream()
                .map(backup -> backup.manifest().stack().whatDecides())
                .distinct()
                .toList());
    }

    private static String words(List<Backup> backups) {
        Map<String, String> newest = new LinkedHashMap<>();
        backups.forEach(backup -> newest.putIfAbsent(
                backup.manifest().stack().words(), backup.manifest().label().text()));
        return newest.entrySet().stream()
                .map(each -> each.getValue() + " of " + each.getKey())
                .collect(Collectors.joining("; "));
    }
}
