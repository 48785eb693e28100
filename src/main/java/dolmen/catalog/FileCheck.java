package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.FileFailures;
import dolmen.archive.SafeFiles;
import dolmen.archive.Sums;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Checksum;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the files of a backup with its manifest and with {@code SHA256SUMS}; the archive is read by others. */
public final class FileCheck {
    private static final String OTHER = "Use another backup; `dolmen list` shows them.";

    /** The most unknown files that are named. */
    private static final int NAMED = 10;

    /** Files of a backup's folder that are no artifacts. */
    private static final Set<String> OWN =
            Set.of(Artifact.MANIFEST, Artifact.SUMS, Artifact.VERDICTS, BackupStore.MARK);

    private FileCheck() {}

    /** Throws {@link Damaged} for the first file that is not as it should be; notes when there is no manifest, and what is left out. */
    public static BackupContents check(BackupContents backup) {
        return check(backup, Meter.NONE);
    }

    /** Also counts the bytes that are read. */
    public static BackupContents check(BackupContents backup, Meter meter) {
        for (String required : List.of(Artifact.METADATA_DUMP, Artifact.SEGMENT_ARCHIVE)) {
            requireThere(
                    backup.file(required),
                    new Damaged(
                            backup.name() + " has no " + required,
                            "A backup needs both the dump and the archive, of the same run."));
        }
        if (backup.manifest().isEmpty()) {
            return withUnknownFiles(backup).note("no manifest: what it would say was read from the files");
        }
        Manifest manifest = backup.manifest().get();
        requireListed(backup, manifest);
        requireSums(backup.name(), backup.folder(), manifest);
        meter.expect(manifest.bytesWithout(Artifact.SEGMENT_ARCHIVE));
        manifest.artifacts().forEach(artifact -> check(backup, artifact, meter));
        return withUnknownFiles(backup);
    }

    /** Notes files that no backup has: a person who put one there may believe that it is restored. */
    private static BackupContents withUnknownFiles(BackupContents backup) {
        List<String> unknown = SafeFiles.list(backup.folder()).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !Artifact.OF_A_BACKUP.contains(name) && !OWN.contains(name))
                .sorted()
                .toList();
        if (unknown.isEmpty()) {
            return backup;
        }
        String names = String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())));
        String more = unknown.size() > NAMED ? " and " + (unknown.size() - NAMED) + " more" : "";
        return backup.note("left out, since no backup has files of such a name: " + names + more);
    }

    private static void check(BackupContents backup, Artifact expected, Meter meter) {
        requireThere(
                backup.file(expected.name()),
                new Damaged(backup.name() + " has no file " + expected.name(), OTHER),
                LinkOption.NOFOLLOW_LINKS);
        requireSize(backup, expected);
        if (!expected.name().equals(Artifact.SEGMENT_ARCHIVE)) {
            require(backup, expected, Digests.artifact(backup.file(expected.name()), meter));
        }
    }

    /** A file of a place that cannot be read now is not a missing one. */
    private static void requireThere(Path file, Damaged absent, LinkOption... links) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, links).isRegularFile()) {
                throw absent;
            }
        } catch (NoSuchFileException gone) {
            throw absent;
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** In whatever store: the manifest vouches for the rest, so it has a sum of its own, and both say the same of each file. */
    static void requireSums(String name, Path folder, Manifest manifest) {
        Map<String, Checksum> sums = Sums.read(folder);
        if (!Digests.of(folder.resolve(Artifact.MANIFEST)).equals(sums.get(Artifact.MANIFEST))) {
            throw new Damaged(Artifact.MANIFEST + " of " + name + " is not the one that SHA256SUMS lists", OTHER);
        }
        for (Artifact artifact : manifest.artifacts()) {
            if (!artifact.sha256().equals(sums.get(artifact.name()))) {
                throw new Damaged("SHA256SUMS and the manifest of " + name + " differ about " + artifact.name(), OTHER);
            }
        }
    }

    /** What a restore would take must be what the manifest vouches for. */
    private static void requireListed(BackupContents backup, Manifest manifest) {
        Artifact.OF_A_BACKUP.stream()
                .filter(name -> manifest.artifact(name).isEmpty() && Files.exists(backup.file(name)))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new Damaged(
                            name + " lies in the folder of " + backup.name() + " and is not in its manifest", OTHER);
                });
    }

    /** Checked before gigabytes are read. */
    private static void requireSize(BackupContents backup, Artifact expected) {
        Path file = backup.file(expected.name());
        try {
            if (Files.size(file) != expected.bytes()) {
                throw new Damaged(
                        expected.name() + " of " + backup.name() + " has " + Files.size(file) + " bytes, not "
                                + expected.bytes() + " bytes",
                        OTHER);
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** Throws when an artifact as it was read is not what the manifest says. */
    public static void require(BackupContents backup, Artifact expected, Artifact found) {
        if (!found.equals(expected)) {
            throw new Damaged(
                    expected.name() + " of " + backup.name() + " has changed: " + found.bytes() + " bytes, SHA-256 "
                            + found.sha256().sha256() + ", not " + expected.bytes() + " bytes, "
                            + expected.sha256().sha256(),
                    OTHER);
        }
    }
}
