package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.BackupState.Trust;
import dolmen.model.Label;
import dolmen.model.Retention.Held;
import dolmen.model.StackIdentity;
import java.util.List;

/** Decides which backups of the catalog a place has still to get; the place itself is not asked, since it may be down. */
public final class Outstanding {
    private final Catalog catalog;
    private final SendTarget target;

    public Outstanding(Catalog catalog, SendTarget target) {
        this.catalog = catalog;
        this.target = target;
    }

    /** How a person calls the place. */
    public String place() {
        return target.place();
    }

    /**
     * The backups of a stack that were meant to be there, oldest first, whether they came there or not: those that were
     * begun, and those younger than the newest that is on record. Older ones were removed there, or were never meant to be
     * there. What is of the future is not the newest. One that is damaged here is not wanted, nor is one that would be removed
     * there at once.
     */
    public List<Backup> wanted(StackIdentity stack) {
        List<Label> there = target.records().labels();
        List<Label> counted = catalog.ahead().without(there);
        List<Backup> own = catalog.labels().stream()
                .flatMap(label -> catalog.readable(label).stream())
                .filter(backup -> stack.is(backup.manifest().stack()))
                .toList();
        List<Backup> meant = own.stream()
                .filter(backup -> isMeant(backup.manifest().label(), counted))
                .filter(backup -> backup.state().trust() != Trust.DAMAGED)
                .toList();
        List<Held> held = own.stream()
                .filter(backup -> meant.contains(backup)
                        || there.contains(backup.manifest().label()))
                .map(Outstanding::held)
                .toList();
        List<Label> removed =
                target.retention().decide(held, catalog.ahead().now()).removed();
        return meant.stream()
                .filter(backup -> !removed.contains(backup.manifest().label()))
                .toList();
    }

    private boolean isMeant(Label label, List<Label> there) {
        return target.records().isBegun(label) || !there.isEmpty() && label.compareTo(there.get(there.size() - 1)) > 0;
    }

    private static Held held(Backup backup) {
        return new Held(
                backup.manifest().label(),
                backup.manifest().end(),
                backup.state().isVerified(),
                true,
                false);
    }

    /** Those of them of which no complete read-back is on record. */
    public List<Backup> of(StackIdentity stack) {
        return wanted(stack).stream().filter(backup -> !isThere(backup)).toList();
    }

    /** Whether a complete read-back of exactly this backup is on record. */
    public boolean isThere(Label label) {
        return catalog.readable(label).filter(this::isThere).isPresent();
    }

    private boolean isThere(Backup backup) {
        return target.records().holds(backup);
    }
}
