package dolmen.http;

import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.Transport;
import dolmen.model.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The manifest of a backup of a sample night. */
final class SampleManifest {
    private static final Checksum SUM = new Checksum("0".repeat(64));

    private SampleManifest() {}

    static Manifest of(Label label, Kind kind, Instant begin, Instant end, long size, long fresh) {
        TreeMap<String, DatasourceState> sources = new TreeMap<>();
        sources.put("clicks", new DatasourceState(1204, 0, 0, Optional.of(size / 61)));
        TreeMap<Label, ArchiveUse> archives = new TreeMap<>();
        archives.put(label, new ArchiveUse(new Artifact(Artifact.SEGMENT_ARCHIVE, fresh, SUM), 1204, size));
        return new Manifest(
                Manifest.FORMAT,
                label,
                kind,
                begin,
                end,
                new StackIdentity(Optional.of("druid"), Optional.of("1"), new TreeMap<>()),
                Layout.TAR,
                new Versions("0.1.0", Optional.of("25.0.0"), "15.18", "15.18", Optional.empty()),
                List.of(
                        new Artifact(Artifact.METADATA_DUMP, 4_180_000, SUM),
                        new Artifact(Artifact.SEGMENT_ARCHIVE, fresh, SUM)),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new Coverage(1204, 1204, List.of()),
                Optional.of(new DruidState("25.0.0", new TreeSet<>(), sources)),
                Optional.empty(),
                Optional.of(Transport.MOUNT),
                archives,
                List.of(),
                Manifest.VERIFIED,
                List.of());
    }
}
