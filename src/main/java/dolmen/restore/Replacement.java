package dolmen.restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.metadata.DruidTables;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.MetadataDumpReader;
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
    static Replacement of(RestoreRun restore, PostgresDatabase metadata) {
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        String side = metadata.names().fresh(restore.run().mark());
        return new Replacement(
                MetadataDumpReader.prints(dump),
                () -> MetadataDumpReader.contents(dump),
                () -> restore.dump().rows().keySet(),
                () -> metadata.exists(side) ? metadata.foreign(side) : MetadataDumpReader.foreign(dump));
    }

    /** A database of this server. */
    static Replacement of(String database, PostgresDatabase metadata) {
        DruidTables tables = metadata.tables(database);
        return new Replacement(
                tables.prints(),
                tables::contents,
                () -> metadata.readableRows(database).keySet(),
                () -> metadata.foreign(database));
    }
}
