package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Kind;
import dolmen.model.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Published backups whose files hold random bytes. */
public final class SmallBackups {
    private SmallBackups() {}

    /** A backup with a full archive of so many bytes. */
    public static void full(Catalog catalog, Label label, int bytes) throws IOException {
        publish(catalog, label, Kind.FULL, bytes, List.of());
    }

    /** A backup with a small archive that needs that of another label, too. */
    public static void incremental(Catalog catalog, Label label, Label base) throws IOException {
        publish(catalog, label, Kind.INCREMENTAL, 1000, List.of(base));
    }

    private static void publish(Catalog catalog, Label label, Kind kind, int bytes, List<Label> others)
            throws IOException {
        Path staging = catalog.stage(label.start());
        Path dump = Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql of " + label);
        byte[] content = new byte[bytes];
        new Random(label.hashCode()).nextBytes(content);
        Path archive = Files.write(staging.resolve(Artifact.SEGMENT_ARCHIVE), content);
        TreeMap<Label, ArchiveUse> archives = new TreeMap<>();
        archives.put(label, new ArchiveUse(Digests.artifact(archive), 1, 1));
        for (Label other : others) {
            Path file = catalog.folder().resolve(other.text()).resolve(Artifact.SEGMENT_ARCHIVE);
            archives.put(other, new ArchiveUse(Digests.artifact(file), 1, 1));
        }
        List<Artifact> artifacts = List.of(Digests.artifact(dump), Digests.artifact(archive));
        Manifests.publish(catalog, staging, label, kind, artifacts, archives);
    }
}
