package dolmen.export;

import dolmen.archive.FileFailures;
import dolmen.archive.FreeSpace;
import dolmen.archive.PartFile;
import dolmen.archive.SafeFiles;
import dolmen.archive.Sums;
import dolmen.archive.TarFile;
import dolmen.catalog.Verdicts;
import dolmen.deepstorage.BackupTar;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.Size;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the plain files of a full backup, as the backup script does, from any backup: the dump, one archive of all
 * segments, Metabase's file, and their sums. The folder has its name only when it is whole.
 */
final class BackupExport {
    private BackupExport() {}

    /**
     * Throws {@link Refused} when the folder exists and is not empty, or its disk has not enough room. What it wrote is
     * compared with what the manifest vouches for, and counted.
     */
    public static List<Artifact> write(BackupContents backup, Path folder, Meter meter) {
        requireEmpty(folder);
        requireRoom(backup, folder);
        Path part = folder.resolveSibling(folder.getFileName() + PartFile.SUFFIX);
        SafeFiles.remove(part);
        SafeFiles.folder(part);
        meter.expect(backup.bytes());
        List<Artifact> written = new ArrayList<>();
        for (String name : List.of(Artifact.METADATA_DUMP, Artifact.METABASE_ARCHIVE, Artifact.METABASE_DUMP)) {
            if (Files.isRegularFile(backup.file(name))) {
                meter.expect(backup.file(name).toFile().length());
                written.add(copy(TarFile.of(backup.file(name)).counted(meter), part.resolve(name)));
            }
        }
        written.add(copy(BackupTar.of(backup).counted(meter), part.resolve(Artifact.SEGMENT_ARCHIVE)));
        written.forEach(artifact -> requireVouched(backup, artifact));
        Map<String, Checksum> sums = new TreeMap<>();
        written.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        Sums.write(part, sums);
        Verdicts.copy(backup.folder(), part);
        publish(part, folder);
        return written;
    }

    private static void publish(Path part, Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException refused) {
            throw FileFailures.writing(folder, refused);
        }
        SafeFiles.move(part, folder);
    }

    private static Artifact copy(TarFile source, Path target) {
        MessageDigest digest = Checksum.digest();
        try (PartFile file = PartFile.create(target);
                InputStream in = source.stream()) {
            OutputStream out = new DigestOutputStream(file.stream(), digest);
            long bytes = in.transferTo(out);
            file.publish();
            return new Artifact(target.getFileName().toString(), bytes, Checksum.of(digest));
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    /** The archive of an incremental backup is another one, each of whose files was compared. */
    private static void requireVouched(BackupContents backup, Artifact written) {
        Optional<Artifact> known = backup.manifest().flatMap(manifest -> manifest.artifact(written.name()));
        boolean composed = backup.refersToOthers() && written.name().equals(Artifact.SEGMENT_ARCHIVE);
        if (!composed && known.isPresent() && !known.get().equals(written)) {
            throw new Damaged(
                    written.name() + " of " + backup.name() + " changed while it was read", "Export it again.");
        }
    }

    private static void requireEmpty(Path folder) {
        if (Files.exists(folder)
                && (!Files.isDirectory(folder) || !SafeFiles.list(folder).isEmpty())) {
            throw new Refused(
                    folder + " is there and not empty",
                    "Name a folder that does not exist, or an empty one; nothing was written.");
        }
    }

    private static void requireRoom(BackupContents backup, Path folder) {
        Path parent = SafeFiles.folder(folder.toAbsolutePath().getParent());
        long free = FreeSpace.at(parent);
        long needed = backup.bytes();
        if (free < needed) {
            throw new Refused(
                    parent + " has " + Size.words(free) + " free, the segments alone need " + Size.words(needed),
                    "Export to another disk; nothing was written.");
        }
    }
}
