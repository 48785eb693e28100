package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupState;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Sameness;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Finds the backup that an incremental one builds on: the newest good one, when it is of this stack, its index is the one
 * that it was published with, and every archive that it refers to is there.
 */
public final class BaseSearch {
    private final Supplier<Optional<Backup>> lastGood;
    private final BiPredicate<Label, Artifact> isThere;

    /** Looks in the catalog. */
    public BaseSearch(Catalog catalog) {
        this(catalog::lastGood, (label, archive) -> isThere(catalog, label, archive));
    }

    /** Looks elsewhere: what the newest good backup is, with its index here, and whether an archive is there whole. */
    public BaseSearch(Supplier<Optional<Backup>> lastGood, BiPredicate<Label, Artifact> isThere) {
        this.lastGood = lastGood;
        this.isThere = isThere;
    }

    /** What was found: the base, or why there is none. */
    public record Found(Optional<Backup> base, String whyNot) {}

    /** Looks without changing anything; archives are not read. */
    public Found find(StackIdentity stack) {
        Optional<Backup> newest = lastGood.get();
        Optional<String> whyNot =
                newest.map(backup -> unfit(backup, stack)).orElse(Optional.of("there is no good backup yet"));
        return new Found(newest.filter(backup -> whyNot.isEmpty()), whyNot.orElse(""));
    }

    private Optional<String> unfit(Backup backup, StackIdentity stack) {
        Manifest manifest = backup.manifest();
        if (stack.compare(manifest.stack()) != Sameness.SAME) {
            return Optional.of("backup " + manifest.label() + " is not known to be of this stack");
        }
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

    private static boolean isThere(Catalog catalog, Label label, Artifact archive) {
        Path home = catalog.folder().resolve(label.text());
        Path file = home.resolve(Artifact.SEGMENT_ARCHIVE);
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == archive.bytes()
                    && !BackupState.of(Optional.empty(), Verdicts.in(home)).isDamaged();
        } catch (IOException | Damaged unreadable) {
            return false;
        }
    }
}
