package dolmen.database.postgres;

import dolmen.metadata.postgres.DruidProfile;
import dolmen.model.DumpSummary;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import java.io.InputStream;

/** Databases as Druid's metadata have them. */
public final class Stores {
    private Stores() {}

    public static PostgresDatabase druid(Host host, MetadataSettings settings) {
        return new PostgresDatabase(host, settings, new DruidProfile(segment -> {}));
    }

    /** Reads a dump of Druid's metadata. */
    static DumpSummary read(InputStream dump) {
        return DumpReader.read(dump, new DruidProfile(segment -> {}));
    }
}
