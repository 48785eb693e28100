package dolmen.app;

import dolmen.druid.Pace;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** What runs find around them: the time, the way to the stack, the kinds of its stores, and the pace of waiting. */
public record Surroundings(
        Clock clock,
        Function<CamelContext, Host> host,
        MetadataStores metadataStores,
        DeepStorages deepStorages,
        SendTargets sendTargets,
        Pace pace) {
    /** The real ones. */
    static Surroundings real(Settings settings) {
        return new Surroundings(
                Clock.systemUTC(),
                context -> StackAccess.host(settings, context),
                MetadataStores.ALL,
                DeepStorages.KNOWN,
                SendTargets.ALL,
                Pace.REAL);
    }

    /** With this host. */
    Surroundings with(Host other) {
        return new Surroundings(clock, context -> other, metadataStores, deepStorages, sendTargets, pace);
    }

    /** With other stores of Druid's metadata. */
    Surroundings with(MetadataStores others) {
        return new Surroundings(clock, host, others, deepStorages, sendTargets, pace);
    }

    /** With other kinds of deep storage. */
    Surroundings with(DeepStorages others) {
        return new Surroundings(clock, host, metadataStores, others, sendTargets, pace);
    }

    /** With other places that backups are sent to. */
    Surroundings with(SendTargets others) {
        return new Surroundings(clock, host, metadataStores, deepStorages, others, pace);
    }
}
