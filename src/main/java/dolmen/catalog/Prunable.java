package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.Label;
import java.util.List;
import java.util.Map;

/**
 * A place with backups that can be pruned. A backup ends by one change that is done or not; what is left of it then can be
 * removed at any later time. Every method may be repeated.
 */
public interface Prunable {
    /** All backups; throws {@code Damaged} when the manifest of one cannot be read. */
    List<Backup> backups();

    /** The backups that were unpublished and of which something is still there, oldest first. */
    List<Label> prunedLabels();

    /** The archives of this place that backups elsewhere need and have no copy of, each with those backups. */
    default Map<Label, List<Label>> neededElsewhere() {
        return Map.of();
    }

    /** The bytes of the segment archive that an unpublished backup left; 0 when there is none. */
    long archiveBytes(Label label);

    /** Ends a backup: it is none any more, and all of its files are still there. */
    void unpublish(Label label);

    /** Removes all of an unpublished backup but its segment archive and the mark that it was pruned. */
    void keepArchiveOnly(Label label);

    /** Removes all of an unpublished backup. */
    void remove(Label label);
}
