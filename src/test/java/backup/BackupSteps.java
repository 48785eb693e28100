package backup;

import java.util.List;

/** The steps of a backup in their order, each by the id of its route. */
public final class BackupSteps {
    public static final List<String> ALL = List.of(
            "begin-backup",
            "dump-metadata",
            "archive-segments",
            "match-segments",
            "archive-metabase",
            "compare-with-druid",
            "write-manifest",
            "read-back-backup",
            "publish-backup",
            "upload-backup",
            "copy-backup",
            "prune-backups");

    private BackupSteps() {}
}
