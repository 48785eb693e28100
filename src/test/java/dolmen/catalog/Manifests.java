package dolmen.catalog;

import dolmen.archive.Sums;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.Transport;
import dolmen.model.Versions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests of backups that hold nothing. */
public final class Manifests {
    private static final Instant NIGHT = Instant.parse("2026-11-24T02:00:00.900Z");

    private Manifests() {}

    public static Manifest of(String label, String verdict) {
        return of(label, verdict, List.of(), new TreeMap<>());
    }

    public static Manifest of(String label, String verdict, List<Artifact> artifacts, SortedMap<String, Long> tables) {
        return of(new Label(label), Kind.FULL, verdict, artifacts, tables, new TreeMap<>());
    }

    /** A good backup that needs these archives. */
    public static Manifest of(Label label, Kind kind, List<Artifact> artifacts, SortedMap<Label, ArchiveUse> archives) {
        return of(label, kind, Manifest.VERIFIED, artifacts, new TreeMap<>(), archives);
    }

    /** This backup, which ended then. */
    public static Manifest ended(Manifest manifest, Instant end) {
        return new Manifest(
                manifest.format(),
                manifest.label(),
                manifest.kind(),
                manifest.begin(),
                end,
                manifest.stack(),
                manifest.layout(),
                manifest.versions(),
                manifest.artifacts(),
                manifest.tables(),
                manifest.datasources(),
                manifest.loadSpecs(),
                manifest.consistency(),
                manifest.druid(),
                manifest.metabase(),
                manifest.transport(),
                manifest.archives(),
                manifest.warnings(),
                manifest.verdict(),
                manifest.reasons());
    }

    /** Publishes what was staged as a good backup that needs these archives. */
    public static void publish(
            Catalog catalog,
            Path staging,
            Label label,
            Kind kind,
            List<Artifact> artifacts,
            SortedMap<Label, ArchiveUse> archives) {
        Map<String, Checksum> sums = new TreeMap<>();
        artifacts.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        Artifact manifest = catalog.write(staging, of(label, kind, artifacts, archives));
        sums.put(Artifact.MANIFEST, manifest.sha256());
        Sums.write(staging, sums);
        catalog.publish(staging);
    }

    private static Manifest of(
            Label label,
            Kind kind,
            String verdict,
            List<Artifact> artifacts,
            SortedMap<String, Long> tables,
            SortedMap<Label, ArchiveUse> archives) {
        return new Manifest(
                Manifest.FORMAT,
                label,
                kind,
                NIGHT,
                NIGHT,
                new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>()),
                Layout.TAR,
                new Versions("test", Optional.empty(), "15.18", "15.18", Optional.empty()),
                artifacts,
                tables,
                new TreeMap<>(),
                new TreeMap<>(),
                new Coverage(0, 0, List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Transport.MOUNT),
                archives,
                List.of(),
                verdict,
                List.of());
    }
}
