package dolmen.backup;

import dolmen.archive.TarTarget;
import dolmen.catalog.BackupDestination;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.VolumeArchive;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.SegmentPrints;
import dolmen.model.Step;
import dolmen.model.UsedSegments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs the shared folder, or what is new of it, into the segment archive, with its index. */
public final class ArchiveSegments implements Step<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSegments.class);

    private final LocalDeepStorage volume;
    private final BackupDestination place;
    private final ExpectedBytes guess;
    private final MetadataDumps dumps;

    public ArchiveSegments(LocalDeepStorage volume, BackupDestination place, ExpectedBytes guess, MetadataDumps dumps) {
        this.dumps = dumps;
        this.volume = volume;
        this.place = place;
        this.guess = guess;
    }

    @Override
    public BackupRun run(BackupRun backup) {
        BackupRun done = archive(backup);
        LOG.info(
                "archived {} files, {} bytes by {}",
                done.segments().orElseThrow().files(),
                done.segments().orElseThrow().bytes(),
                done.segments().orElseThrow().roadWord());
        return done;
    }

    private BackupRun archive(BackupRun backup) {
        TarTarget tar = place.archive(backup.staging(), backup.label());
        Path dump = backup.staging().resolve(Artifact.METADATA_DUMP);
        UsedSegments used = dumps.usedSegments(dump);
        VolumeArchive made = backup.base()
                .map(base -> volume.archiveNew(
                        backup.staging(), backup.label(), tar, used, compare(dumps.prints(dump), base), base))
                .orElseGet(() -> whole(backup, tar, used));
        List<String> warnings = new ArrayList<>(made.warnings());
        made.changed().forEach(name -> warnings.add(name + " changed while it was read"));
        return backup.withSegments(made.archive()).warn(warnings);
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

    private VolumeArchive whole(BackupRun backup, TarTarget tar, UsedSegments used) {
        guess.segments();
        return volume.archive(
                backup.staging(),
                backup.label(),
                tar,
                used,
                dumps.prints(backup.staging().resolve(Artifact.METADATA_DUMP)));
    }
}
