package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the backup that an incremental one builds on: the newest good one of this stack, when its index is the one that it
 * was published with, and every archive that it refers to is there.
 */
public final class IncrementalBase {
    private final Supplier<Stream<Backup>> good;
    private final Function<Backup, Optional<Backup>> withIndex;
    private final BiPredicate<Label, Artifact> isThere;

    /** Looks in the catalog. */
    public IncrementalBase(Catalog catalog) {
        this(catalog::good, Optional::of, (label, archive) -> isSound(catalog.store(), label, archive));
    }

    /** Looks elsewhere: the good backups, newest first, how the index of one comes here, if it can, and whether an archive is there whole. */
    public IncrementalBase(
            Supplier<Stream<Backup>> good,
            Function<Backup, Optional<Backup>> withIndex,
            BiPredicate<Label, Artifact> isThere) {
        this.good = good;
        this.withIndex = withIndex;
        this.isThere = isThere;
    }

    /** What was found: the base, or why there is none. */
    public record Found(Optional<Backup> base, String whyNot) {}

    /** Looks without changing anything; archives are not read. */
    public Found find(StackIdentity stack) {
        Optional<Backup> newest = good.get()
                .filter(backup -> stack.is(backup.manifest().stack()))
                .flatMap(backup -> withIndex.apply(backup).stream())
                .findFirst();
        Optional<String> whyNot = newest.map(this::unfit).orElseGet(() -> Optional.of(none(stack)));
        return new Found(newest.filter(backup -> whyNot.isEmpty()), whyNot.orElse(""));
    }

    private String none(StackIdentity stack) {
        if (OwnBackups.newestOf(stack, good.get()).isPresent()) {
            return "no good backup of this stack has its index";
        }
        return good.get()
                .findFirst()
                .map(other -> "backup " + other.manifest().label() + ", the newest good one, is not known to be of this"
                        + " stack, and neither is any other")
                .orElse("there is no good backup yet");
    }

    private Optional<String> unfit(Backup backup) {
        Manifest manifest = backup.manifest();
        if (manifest.archives().isEmpty()) {
            return Optional.of("backup " + manifest.label() + " does not say which archives it needs");
        }
        Path index = backup.folder().resolve(Artifact.SEGMENT_INDEX);
        Optional<Artifact> listed = manifest.artifact(Artifact.SEGMENT_INDEX);
        if (listed.isEmpty()
                || !Files.isRegularFile(index)
                || !Digests.artifact(index).equals(listed.get())) {
            return Optional.of(
                    "the index of backup " + manifest.label() + " is not the one that it was published with");
        }
        return manifest.archives().entrySet().stream()
                .filter(use -> !isThere.test(use.getKey(), use.getValue().archive()))
                .findFirst()
                .map(use -> "backup " + manifest.label() + " needs the archive of " + use.getKey()
                        + ", which is not there as it was");
    }

    private static boolean isSound(BackupStore store, Label label, Artifact archive) {
        try {
            return store.holds(label, archive) && !new StoredVerdicts(store).isDamaged(label);
        } catch (Damaged unreadable) {
            return false;
        }
    }
}
