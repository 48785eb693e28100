package dolmen.deepstorage;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberContents;
import dolmen.archive.MemberIndex;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the index of an incremental backup with the archives that it refers to: each is there with its size, each file
 * has its sum, and the manifest counts what the index lists. Files in other backups' archives are only read when the
 * examination goes that deep.
 */
public final class ReferredFiles {
    private static final String OTHER = "Use another backup; `dolmen list` shows them.";

    private ReferredFiles() {}

    /** Throws {@link Damaged} for the first difference. */
    public static void check(BackupContents backup) {
        check(backup, Meter.NONE);
    }

    /** Also counts the bytes of files that are read. */
    public static void check(BackupContents backup, Meter meter) {
        Manifest manifest = backup.manifest().orElseThrow();
        manifest.archives().forEach((label, use) -> requireThere(backup, label, use));
        manifest.archives().forEach((label, use) -> meter.expect(isRead(backup, label) ? use.bytes() : 0));
        SortedMap<Label, ArchiveUse> listed = new TreeMap<>();
        try (MemberContents contents = new MemberContents(backup::archive)) {
            MemberIndex.read(backup.file(Artifact.SEGMENT_INDEX), member -> {
                ArchiveUse known = manifest.archives().get(member.label());
                if (known == null) {
                    throw differs(backup);
                }
                listed.merge(
                        member.label(),
                        new ArchiveUse(known.archive(), 0, 0).with(member),
                        (present, first) -> present.with(member));
                if (isRead(backup, member.label())) {
                    contents.check(member);
                    meter.add(member.size());
                }
            });
        }
        if (!listed.equals(manifest.archives())) {
            throw differs(backup);
        }
    }

    private static boolean isRead(BackupContents backup, Label label) {
        return backup.deep() || label.equals(backup.manifest().orElseThrow().label());
    }

    private static void requireThere(BackupContents backup, Label label, ArchiveUse use) {
        Path archive = backup.archive(label);
        Damaged other = new Damaged(
                backup.name() + " needs the archive of backup " + label + ", and " + archive + " is not there with its "
                        + use.archive().bytes() + " bytes",
                "Put it back from a copy of the catalog, or use another backup.");
        try {
            BasicFileAttributes found = Files.readAttributes(archive, BasicFileAttributes.class);
            if (!found.isRegularFile() || found.size() != use.archive().bytes()) {
                throw other;
            }
        } catch (NoSuchFileException gone) {
            throw other;
        } catch (IOException unreadable) {
            throw FileFailures.reading(archive, unreadable);
        }
    }

    private static Damaged differs(BackupContents backup) {
        return new Damaged(
                Artifact.SEGMENT_INDEX + " and the manifest of " + backup.name()
                        + " differ about the archives that it needs",
                OTHER);
    }
}
