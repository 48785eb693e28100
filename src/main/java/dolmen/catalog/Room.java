package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Size;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the catalog has room for one more backup as large as the last good one; without one nobody knows. */
public final class Room {
    private final Catalog catalog;

    public Room(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Throws {@link Refused} when the next backup will hardly find room, before anything is written. */
    public void require() {
        catalog.lastGood().ifPresent(last -> {
            long needed = last.manifest().artifacts().stream()
                    .mapToLong(Artifact::bytes)
                    .sum();
            long free = free(catalog.folder());
            if (free < needed) {
                throw new Refused(
                        "the catalog has " + Size.words(free) + " free, the last good backup "
                                + last.manifest().label() + " has " + Size.words(needed),
                        "Make room in " + catalog.folder() + ". If there is much less to save than then, set"
                                + " dolmen.backup.check-space=false.");
            }
        });
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unreadable) {
            throw new Failed(
                    "the free space of " + folder + " cannot be found out: " + unreadable.getMessage(),
                    "Does the folder exist, and may it be read?",
                    unreadable);
        }
    }
}
