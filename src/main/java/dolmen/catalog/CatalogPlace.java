package dolmen.catalog;

import dolmen.archive.TarTarget;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StackIdentity;
import java.nio.file.Path;

/** Backups come to be in the catalog, by one rename. */
public final class CatalogPlace implements BackupDestination {
    private final Catalog catalog;
    private final boolean checkSpace;

    /** {@code checkSpace} tells whether room for another backup as large as the last good one is asked for. */
    public CatalogPlace(Catalog catalog, boolean checkSpace) {
        this.catalog = catalog;
        this.checkSpace = checkSpace;
    }

    @Override
    public void removeUnfinished() {
        catalog.removeStaging();
    }

    @Override
    public void requireRoom(Kind kind, StackIdentity stack) {
        if (checkSpace) {
            OwnBackups.newestOf(
                            stack,
                            catalog.good().filter(backup -> backup.manifest().kind() == kind))
                    .ifPresent(new CatalogSpaceCheck(catalog)::requireAnother);
        }
    }

    @Override
    public Found base(StackIdentity stack, Meter meter) {
        return new IncrementalBase(catalog).find(stack);
    }

    @Override
    public TarTarget archive(Path staging, Label label) {
        return TarTarget.of(staging.resolve(Artifact.SEGMENT_ARCHIVE));
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public BackupRun publish(BackupRun backup, Meter meter) {
        catalog.publish(backup.staging());
        return backup;
    }
}
