package backup;

import dolmen.archive.TarTarget;
import dolmen.metadata.MetadataDumpReader;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.pipeline.BackupPlace;
import dolmen.pipeline.Guess;
import dolmen.segments.SegmentVolume;
import dolmen.segments.VolumeArchive;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Packs the shared folder, or what is new of it, into the segment archive, with its index. */
public final class ArchiveSegments extends RouteBuilder {
    private final SegmentVolume volume;
    private final BackupPlace place;
    private final Guess guess;

    public ArchiveSegments(SegmentVolume volume, BackupPlace place, Guess guess) {
        this.volume = volume;
        this.place = place;
        this.guess = guess;
    }

    @Override
    public void configure() {
        from("direct:archive-segments")
                .routeId("archive-segments")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, this::archive)
                .log("archived ${body.segments.get.files} files, ${body.segments.get.bytes} bytes"
                        + " by ${body.segments.get.roadWord}");
    }

    private BackupRun archive(BackupRun backup) {
        TarTarget tar = place.archive(backup.staging(), backup.label());
        VolumeArchive made = backup.base()
                .map(base -> volume.archiveNew(
                        backup.staging(),
                        backup.label(),
                        tar,
                        MetadataDumpReader.usedSegments(backup.staging().resolve(Artifact.METADATA_DUMP)),
                        base))
                .orElseGet(() -> whole(backup, tar));
        List<String> warnings = new ArrayList<>(made.warnings());
        made.changed().forEach(name -> warnings.add(name + " changed while it was read"));
        return backup.withSegments(made.archive()).warn(warnings);
    }

    private VolumeArchive whole(BackupRun backup, TarTarget tar) {
        guess.segments();
        return volume.archive(backup.staging(), backup.label(), tar);
    }
}
