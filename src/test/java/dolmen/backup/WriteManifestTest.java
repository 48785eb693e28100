package dolmen.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.DumpSummary;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.SegmentArchive;
import dolmen.model.StackIdentity;
import dolmen.model.StackIdentity.ContainerIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteManifestTest {
    private static final String IMAGE = "metabase/metabase:v0.49.3";

    @TempDir
    Path staging;

    @Test
    @Tag("T17")
    void T17_a_metabase_whose_service_has_another_name_is_in_the_manifest_with_its_image() {
        StackIdentity stack = new StackIdentity(
                Optional.empty(),
                Optional.of("7713927283278026467"),
                new TreeMap<>(Map.of("mb", new ContainerIdentity("abc", IMAGE))));

        assertThat(written(stack).manifest().orElseThrow().versions().metabase())
                .contains(IMAGE);
    }

    private BackupRun written(StackIdentity stack) {
        Catalog catalog = new Catalog(staging.resolve("catalog"), Optional.empty(), Clock.systemUTC());
        return new WriteManifest(catalog, own -> Optional.empty(), "test", "mb", Clock.systemUTC()).run(matched(stack));
    }

    /** A backup of nothing that has come as far as its manifest. */
    private BackupRun matched(StackIdentity stack) {
        Run run = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), Instant.EPOCH);
        DumpSummary dump =
                new DumpSummary("15.18", "15.18", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        return BackupRun.begin(run, new Label("20261124-020000"), staging, stack)
                .withDump(dump, artifact(Artifact.METADATA_DUMP))
                .withSegments(new SegmentArchive(
                        artifact(Artifact.SEGMENT_ARCHIVE),
                        artifact(Artifact.SEGMENT_INDEX),
                        Optional.empty(),
                        0,
                        0,
                        new TreeMap<>()))
                .withCoverage(new Coverage(0, 0, List.of()));
    }

    private static Artifact artifact(String name) {
        return new Artifact(name, 0, new Checksum("0".repeat(64)));
    }
}
