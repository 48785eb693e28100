package dolmen.backup;

import dolmen.catalog.BackupDestination;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.MadeArchive;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.SegmentPrints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs deep storage, or what is new of it, into the segment archive, with its index. */
public final class ArchiveSegments implements MeteredStep<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSegments.class);

    private final DeepStorage storage;
    private final BackupDestination place;
    private final ExpectedBytes guess;
    private final MetadataDumps dumps;

    public ArchiveSegments(DeepStorage storage, BackupDestination place, ExpectedBytes guess, MetadataDumps dumps) {
        this.dumps = dumps;
        this.storage = storage;
        this.place = place;
        this.guess = guess;
    }

    @Override
    public BackupRun run(BackupRun backup, Meter meter) {
        BackupRun done = archive(backup, meter);
        LOG.info(
                "archived {} files, {} bytes by {}",
                done.segments().orElseThrow().files(),
                done.segments().orElseThrow().bytes(),
                done.segments().orElseThrow().transportWord());
        return done;
    }

    private BackupRun archive(BackupRun backup, Meter meter) {
        Path dump = backup.staging().resolve(Artifact.METADATA_DUMP);
        ArchiveOrder full = ArchiveOrder.full(
                backup.staging(),
                backup.label(),
                place.archive(backup.staging(), backup.label()),
                dumps.usedSegments(dump),
                dumps.prints(dump));
        MadeArchive made = storage.archive(order(full, backup.base(), meter), meter);
        List<String> warnings = new ArrayList<>(made.warnings());
        made.changed().forEach(name -> warnings.add(name + " changed while it was read"));
        return backup.withSegments(made.archive()).warn(warnings);
    }

    private ArchiveOrder order(ArchiveOrder full, Optional<Backup> base, Meter meter) {
        if (base.isEmpty()) {
            guess.segments(meter);
            return full;
        }
        return full.over(compare(full.prints(), base.get()), base.get());
    }

    /** The index of a base of format 1 has no fingerprints, and its dump is not here when it lies in the bucket alone. */
    private BaseSegments compare(SegmentPrints used, Backup base) {
        if (base.manifest().format() > 1) {
            return BaseSegments.compare(used, BaseSegments.ofIndex(base.folder().resolve(Artifact.SEGMENT_INDEX)));
        }
        Path dump = base.folder().resolve(Artifact.METADATA_DUMP);
        if (Files.isRegularFile(dump)) {
            return BaseSegments.compare(used, dumps.prints(dump));
        }
        LOG.info("the dump of the base is not here: segments that were created since it began are saved again");
        return BaseSegments.createdBefore(used, base.manifest().begin());
    }
}
