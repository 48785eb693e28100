package dolmen.catalog;

import dolmen.archive.FreeSpace;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Size;
import dolmen.model.StepFailure.Refused;

/** Whether the catalog has room for one more backup as large as the last good one of its kind; without one nobody knows. */
public final class CatalogSpaceCheck {
    private final Catalog catalog;

    public CatalogSpaceCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Throws {@link Refused} when another backup as large as this one will hardly find room, before anything is written. */
    public void requireAnother(Backup last) {
        long needed =
                last.manifest().artifacts().stream().mapToLong(Artifact::bytes).sum();
        long free = FreeSpace.at(catalog.folder());
        if (free < needed) {
            throw new Refused(
                    "the catalog has " + Size.words(free) + " free, the last good "
                            + last.manifest().kind().word() + " backup "
                            + last.manifest().label() + " has " + Size.words(needed),
                    "Make room in " + catalog.folder() + ". If there is much less to save than then, set"
                            + " dolmen.backup.check-space=false.");
        }
    }
}
