package dolmen.app;

import dolmen.backup.StackInspector;
import dolmen.deepstorage.DeepStorage;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metadata.DruidMetadata;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import dolmen.stack.StartedServices;
import dolmen.stack.StoppedServices;
import java.nio.file.Path;
import org.apache.camel.CamelContext;

/** The stack of the settings: its host, its stores, and the ledgers of the services that runs have stopped and started. */
record Stack(
        Host host,
        DruidMetadata metadata,
        DeepStorage deepStorage,
        MetabaseData metabase,
        StoppedServices stopped,
        StartedServices started) {
    /** That of these settings; nothing of it is reached yet. */
    static Stack of(Settings settings, CamelContext context, Surroundings around) {
        Path state = settings.paths().state();
        Path scratch = state.resolve("scratch");
        Host host = around.host().apply(context);
        StoppedServices stopped = new StoppedServices(host, state);
        return new Stack(
                host,
                around.metadataStores().of(settings, host),
                around.deepStorages().of(settings, host, scratch),
                new MetabaseData(
                        new MetabaseStack(settings.metabase(), host, stopped, scratch), around.applicationDatabases()),
                stopped,
                new StartedServices(host, state));
    }

    /** What tells which stack it is. */
    StackInspector inspector(Settings settings) {
        return new StackInspector(host, metadata, settings);
    }
}
