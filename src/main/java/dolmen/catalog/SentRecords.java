package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import java.util.List;
import java.util.function.BiPredicate;

/** What is on record of a place that finished backups are sent to. It is read from files each time; the place is not asked. */
public interface SentRecords {
    /** The backups that are complete there, oldest first. */
    List<Label> labels();

    /** Whether all that a backup needs was read back there, or acknowledged where nothing can be read, and was exactly this. */
    boolean holds(Backup backup);

    /** A backup is about to be sent; it is outstanding until it is complete there. */
    void begin(Label label);

    /** Whether a backup was begun and is not known to be complete. */
    boolean isBegun(Label label);

    /** Whether this is proven of each file that a backup needs, those of other backups among them. */
    static boolean all(Manifest manifest, BiPredicate<Label, Artifact> proven) {
        return manifest.artifacts().stream().allMatch(artifact -> proven.test(manifest.label(), artifact))
                && manifest.archives().entrySet().stream()
                        .allMatch(
                                use -> proven.test(use.getKey(), use.getValue().archive()));
    }
}
