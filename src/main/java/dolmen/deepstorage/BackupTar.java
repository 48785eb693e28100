package dolmen.deepstorage;

import dolmen.archive.ComposedTar;
import dolmen.archive.TarFile;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;

/** The segments of a backup as one tar, whichever archives they lie in. */
public final class BackupTar {
    private BackupTar() {}

    /** The bytes of that tar; of one that is composed, those of its files. */
    public static long bytes(BackupContents backup) {
        return backup.refersToOthers()
                ? backup.bytes()
                : backup.file(Artifact.SEGMENT_ARCHIVE).toFile().length();
    }

    /** The backup's own archive, or what its index makes of several. */
    public static TarFile of(BackupContents backup) {
        return backup.refersToOthers()
                ? new ComposedTar(
                        "the archive of " + backup.name(),
                        backup.file(Artifact.SEGMENT_INDEX),
                        backup::archive,
                        backup.root().orElseThrow())
                : TarFile.of(backup.file(Artifact.SEGMENT_ARCHIVE));
    }
}
