package dolmen.model;

import java.util.Set;

/** One file of a backup: its name in the backup's folder, its size in bytes and its SHA-256. */
public record Artifact(String name, long bytes, Checksum sha256) {
    public static final String METADATA_DUMP = "druid_metadata_dump.sql";
    public static final String SEGMENT_ARCHIVE = "druid_shared.tar";
    public static final String SEGMENT_INDEX = "segments.jsonl.gz";
    public static final String METABASE_ARCHIVE = "metabase_data.tar";
    public static final String METABASE_DUMP = "metabase_dump.sql";
    public static final String MANIFEST = "manifest.json";
    public static final String SUMS = "SHA256SUMS";

    /** What was found out later: it may come and change at any time, so it is no artifact and in no sum. */
    public static final String VERDICTS = "verdicts.jsonl";

    /** The files that a manifest may list: all but itself and the list of sums. */
    public static final Set<String> OF_A_BACKUP =
            Set.of(METADATA_DUMP, SEGMENT_ARCHIVE, SEGMENT_INDEX, METABASE_ARCHIVE, METABASE_DUMP);
}
