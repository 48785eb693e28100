package dolmen.database.postgres;

import dolmen.metadata.postgres.DruidProfile;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import java.io.InputStream;
import java.util.function.Supplier;

/** Databases as Druid's metadata have them. */
public final class Stores {
    private Stores() {}

    public static PostgresDatabase druid(Host host, MetadataSettings settings) {
        return druid(host, settings, () -> Meter.NONE);
    }

    static PostgresDatabase druid(Host host, MetadataSettings settings, Supplier<Meter> meters) {
        return new PostgresDatabase(host, settings, new DruidProfile(segment -> {}), meters);
    }

    /** Reads a dump of Druid's metadata. */
    static DumpSummary read(InputStream dump) {
        return DumpReader.read(dump, new DruidProfile(segment -> {}));
    }
}
