package dolmen.app;

import dolmen.druid.Pace;
import dolmen.metabase.DatabaseKind;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** What runs find around them: the time, the way to the stack, the kinds of its stores, and the pace of waiting. */
public record Surroundings(
        Clock clock,
        Function<CamelContext, Host> host,
        MetadataStores metadataStores,
        DeepStorages deepStorages,
        Map<String, DatabaseKind.Factory> applicationDatabases,
        SendTargets sendTargets,
        Pace pace) {
    /** The real ones. */
    static Surroundings real(Settings settings) {
        return new Surroundings(
                Clock.systemUTC(),
                context -> StackAccess.host(settings, context),
                MetadataStores.ALL,
                DeepStorages.KNOWN,
                ApplicationDatabases.kinds(),
                SendTargets.ALL,
                Pace.REAL);
    }

    /** With this host. */
    Surroundings with(Host other) {
        return new Surroundings(
                clock, context -> other, metadataStores, deepStorages, applicationDatabases, sendTargets, pace);
    }

    /** With other stores of Druid's metadata. */
    Surroundings with(MetadataStores others) {
        return new Surroundings(clock, host, others, deepStorages, applicationDatabases, sendTargets, pace);
    }

    /** With other kinds of deep storage. */
    Surroundings with(DeepStorages others) {
        return new Surroundings(clock, host, metadataStores, others, applicationDatabases, sendTargets, pace);
    }

    /** With other kinds of databases of Metabase's. */
    Surroundings with(Map<String, DatabaseKind.Factory> others) {
        return new Surroundings(clock, host, metadataStores, deepStorages, others, sendTargets, pace);
    }

    /** With other places that backups are sent to. */
    Surroundings with(SendTargets others) {
        return new Surroundings(clock, host, metadataStores, deepStorages, applicationDatabases, others, pace);
    }
}
