package verify;

import dolmen.archive.TarInspector;
import dolmen.archive.TarSummary;
import dolmen.catalog.FileCheck;
import dolmen.metadata.MetadataDumpReader;
import dolmen.model.Artifact;
import dolmen.model.Coverage;
import dolmen.model.Examination;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Incomplete;
import dolmen.model.UsedSegments;
import dolmen.segments.CoverageCheck;
import dolmen.segments.LoadPaths;
import dolmen.segments.SegmentFiles;
import dolmen.segments.SharedPrefix;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads the segment archive from end to end, and proves that it holds every segment that the dump uses. */
public final class ReadArchive extends RouteBuilder {
    private final String sharedPath;

    /** The shared folder as Druid sees it, which a script's archive may name in another way. */
    public ReadArchive(String sharedPath) {
        this.sharedPath = sharedPath;
    }

    @Override
    public void configure() {
        from("direct:read-archive")
                .routeId("read-archive")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Examination.class, this::read);
    }

    private Examination read(Examination backup) {
        Path tar = backup.file(Artifact.SEGMENT_ARCHIVE);
        String prefix = SharedPrefix.find(tar, sharedPath)
                .orElseThrow(() -> new Damaged(
                        Artifact.SEGMENT_ARCHIVE + " of " + backup.name() + " holds no shared folder",
                        "Check that it is the archive of the folder that holds segments/."));
        UsedSegments used = MetadataDumpReader.usedSegments(backup.file(Artifact.METADATA_DUMP));
        AtomicReference<TarSummary> archive = new AtomicReference<>();
        SegmentFiles files = visitor -> archive.set(TarInspector.list(tar, member -> {
            if (member.isFile()) {
                visitor.accept(member.name(), member.size());
            }
        }));
        Coverage proof =
                CoverageCheck.check(used, pathOf(prefix, used), files, prefix).coverage();
        backup.manifest()
                .flatMap(manifest -> manifest.artifact(Artifact.SEGMENT_ARCHIVE))
                .ifPresent(expected ->
                        FileCheck.require(backup, expected, archive.get().tar()));
        requireComplete(backup, proof);
        return backup.withArchive(
                prefix, proof, archive.get().files(), archive.get().bytes());
    }

    /** A backup of a stack with another shared folder names its members by that folder; the dump tells. */
    private String pathOf(String prefix, UsedSegments used) {
        return LoadPaths.foreign(used, "/" + prefix).isEmpty() ? "/" + prefix : sharedPath;
    }

    private static void requireComplete(Examination backup, Coverage proof) {
        if (!proof.complete()) {
            throw new Incomplete(
                    (proof.used() - proof.held()) + " of " + proof.used() + " used segments are missing in "
                            + backup.name() + ": " + String.join(", ", proof.missing()),
                    "Use another backup, or restore what there is and re-ingest these intervals.");
        }
    }
}
