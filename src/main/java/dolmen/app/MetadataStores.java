package dolmen.app;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.MetadataSettings;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import java.util.Map;
import java.util.TreeMap;

/** The stores of Druid's metadata that are known, by Druid's word for each. */
public record MetadataStores(Map<String, Factory> byType) {
    /** Those of Dolmen. */
    public static final MetadataStores ALL = new MetadataStores(Map.of(PostgresMetadata.TYPE, PostgresMetadata::new));

    /** Makes one, for the server that is reached through this host. */
    @FunctionalInterface
    public interface Factory {
        DruidMetadata of(Host host, MetadataSettings settings);
    }

    public MetadataStores {
        byType = Map.copyOf(byType);
    }

    /** The one of the settings; throws {@link Unusable} when it is not known. */
    DruidMetadata of(Settings settings, Host host) {
        Factory factory = byType.get(settings.metadataType());
        if (factory == null) {
            throw new Unusable(
                    "dolmen.metadata.type is '" + settings.metadataType() + "', which is not covered",
                    "Known are: " + String.join(", ", new TreeMap<>(byType).keySet()) + ".");
        }
        return factory.of(host, settings.metadata());
    }
}
