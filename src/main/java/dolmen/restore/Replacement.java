package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.MetadataDatabase;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.MetadataContents;
import dolmen.model.RestoreRun;
import dolmen.model.SegmentPrints;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What takes the place of the live metadata: its used segments, what Druid's tables hold beside them, the names of its
 * tables, and what is not Druid's. Each is read when it is asked for.
 */
record Replacement(
        SegmentPrints used,
        Supplier<MetadataContents> contents,
        Supplier<Set<String>> tables,
        Supplier<ForeignObjects> foreign) {
    /** The dump of a backup, or what was loaded of it where that is there, which tells more of what is not Druid's. */
    static Replacement of(RestoreRun restore, DruidMetadata metadata) {
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        MetadataDumps dumps = metadata.dumps();
        MetadataDatabase side = metadata.loaded(restore.run().mark());
        return new Replacement(
                dumps.prints(dump),
                () -> dumps.contents(dump),
                () -> restore.dump().rows().keySet(),
                () -> side.exists() ? side.foreign() : dumps.foreign(dump));
    }

    /** A database of this server. */
    static Replacement of(MetadataDatabase database) {
        return new Replacement(
                database.prints(), database::contents, () -> database.rows().keySet(), database::foreign);
    }
}
