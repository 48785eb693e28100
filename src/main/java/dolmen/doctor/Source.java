package dolmen.doctor;

import dolmen.catalog.Catalog;
import dolmen.catalog.CopyProbeTarget;
import dolmen.catalog.LastGood;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.deepstorage.DeepStorage;
import dolmen.discovery.DruidProperties;
import dolmen.druid.DruidApi;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What the checks ask; {@code engine} is there only where the stack runs in containers, {@code copies} only where backups are copied. */
public record Source(
        Settings settings,
        Host host,
        Optional<Engine> engine,
        DruidMetadata metadata,
        DeepStorage deepStorage,
        DruidApi druid,
        MetabaseData metabase,
        Optional<CopyProbeTarget> copies,
        Clock clock) {
    /** What only an engine of containers can tell. */
    public interface Engine {
        /** Its version and address. */
        String describe();

        /** Its machine's clock. */
        Instant time();

        /** The properties of Druid's coordinator. */
        DruidProperties coordinator();
    }

    Catalog catalog() {
        return new Catalog(settings.paths().catalog(), settings.paths().catalogMarker(), clock);
    }

    OwnBackups own() {
        return new OwnBackups(OwnStack.of(settings));
    }

    LastGood lastGood() {
        return LastGood.of(settings, clock);
    }

    /** The coordinator's properties; empty on a local machine, since nothing tells them there. */
    Optional<DruidProperties> coordinator() {
        return engine.map(Engine::coordinator);
    }
}
