package dolmen.backup;

import dolmen.catalog.BackupDestination;
import dolmen.catalog.OwnStack;
import dolmen.model.BackupRun;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Milestone;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames the staging folder into the catalog, or sends the manifest to the bucket; from then on the backup exists. */
public final class PublishBackup implements MeteredStep<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishBackup.class);

    private final BackupDestination place;
    private final OwnStack own;

    /** {@code own} remembers which stack it is that was backed up. */
    public PublishBackup(BackupDestination place, OwnStack own) {
        this.place = place;
        this.own = own;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.PUBLISHED);
    }

    @Override
    public BackupRun run(BackupRun backup, Meter meter) {
        BackupRun done = publish(backup, meter);
        LOG.info("published backup {}", done.label());
        return done;
    }

    private BackupRun publish(BackupRun backup, Meter meter) {
        // first, so that a kill in between leaves no published backup that is not known to be of this stack
        own.remember(backup.stack());
        return place.publish(backup, meter);
    }
}
