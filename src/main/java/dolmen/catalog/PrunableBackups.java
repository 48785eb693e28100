package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.KeptVersions;
import dolmen.model.Label;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The backups of a store as pruning sees them. A backup ends by one change that is done or not; what is left of it then can
 * be removed at any later time, its segment archive when no other backup needs it. Every method may be repeated.
 */
public final class PrunableBackups {
    private static final Set<String> KEPT_FOR_OTHERS = Set.of(BackupStore.MARK, Artifact.SEGMENT_ARCHIVE);

    private final BackupStore store;
    private final Supplier<List<Backup>> backups;
    private final Supplier<Map<Label, List<Label>>> elsewhere;
    private final Consumer<Label> ended;

    PrunableBackups(
            BackupStore store,
            Supplier<List<Backup>> backups,
            Supplier<Map<Label, List<Label>>> elsewhere,
            Consumer<Label> ended) {
        this.store = store;
        this.backups = backups;
        this.elsewhere = elsewhere;
        this.ended = ended;
    }

    /** Those of a catalog. */
    public static PrunableBackups of(Catalog catalog) {
        return new PrunableBackups(catalog.store(), catalog::list, Map::of, label -> {});
    }

    /** All backups; throws {@code Damaged} when the manifest of one cannot be read. */
    List<Backup> backups() {
        return backups.get();
    }

    /** The backups that were unpublished and of which something is still there, oldest first. */
    List<Label> prunedLabels() {
        Set<Label> pruned = new TreeSet<>(store.labelsWith(BackupStore.MARK));
        store.labels().forEach(pruned::remove);
        return List.copyOf(pruned);
    }

    /** The archives of this store that backups elsewhere need and have no copy of, each with those backups. */
    Map<Label, List<Label>> neededElsewhere() {
        return elsewhere.get();
    }

    /** The bytes of the segment archive that an unpublished backup left; 0 when there is none. */
    long archiveBytes(Label label) {
        return store.size(label, Artifact.SEGMENT_ARCHIVE).orElse(0);
    }

    /** The versions that the store has of a backup's files, but of its mark, and of its archive when that is needed. */
    KeptVersions versions(Label label, boolean archiveStays) {
        return store.versions(label, archiveStays ? KEPT_FOR_OTHERS : Set.of(BackupStore.MARK));
    }

    /** Whether they are removed with the files. */
    boolean removesVersions() {
        return store.removesVersions();
    }

    /** Ends a backup: it is none any more, and all of its files are still there. */
    void unpublish(Label label) {
        store.unpublish(label);
        ended.accept(label);
    }

    /** Removes all of an unpublished backup but its segment archive and its mark. */
    void keepArchiveOnly(Label label) {
        store.removeAllBut(label, KEPT_FOR_OTHERS);
    }

    /** Removes all of an unpublished backup. */
    void remove(Label label) {
        store.removeAll(label);
    }
}
