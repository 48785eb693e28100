package dolmen.doctor;

import dolmen.discovery.DruidProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether Druid keeps its metadata where it is dumped: in such a store, in that database. */
final class MetadataStoreCheck implements Check {
    private static final String TYPE = "druid.metadata.storage.type";
    private static final String ADDRESS = "druid.metadata.storage.connector.connectURI";

    private final Source source;

    MetadataStoreCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Optional<DruidProperties> coordinator = source.coordinator();
        if (coordinator.isEmpty()) {
            return List.of(Seen.info("where Druid keeps its metadata is not told on a local machine"));
        }
        List<Seen> seen = new ArrayList<>();
        // Druid's own default
        String type = coordinator.get().get(TYPE).orElse("derby");
        if (!type.equals(source.metadata().type())) {
            seen.add(Seen.error(
                    "Druid keeps its metadata in " + type + ", which is not covered",
                    "Move the metadata to " + source.metadata().product() + " (" + TYPE
                            + "); the segments alone cannot be restored."));
            return seen;
        }
        seen.add(Seen.ok("Druid keeps its metadata in " + source.metadata().product()));
        String database = source.metadata().live().name();
        coordinator
                .get()
                .get(ADDRESS)
                .map(uri -> uri.replaceFirst("[?;].*", "").replaceFirst(".*/", ""))
                .filter(name -> !name.equals(database))
                .ifPresent(name -> seen.add(Seen.error(
                        "Druid's metadata is in database " + name + ", but " + database + " is dumped",
                        "Set dolmen.metadata.database=" + name + ".")));
        return seen;
    }
}
