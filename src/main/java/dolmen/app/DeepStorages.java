package dolmen.app;

import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.PathSettings;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** The kinds of deep storage, by the type of the load specs that Druid writes there. */
public record DeepStorages(Map<String, Kind> kinds) {
    /** All that Dolmen knows. */
    public static final DeepStorages KNOWN = new DeepStorages(Map.of(LocalDeepStorage.TYPE, DeepStorages::local));

    public DeepStorages {
        kinds = Map.copyOf(kinds);
    }

    /** Makes the deep storage of a stack; {@code scratch} is a folder of this machine for what is needed meanwhile. */
    @FunctionalInterface
    public interface Kind {
        public DeepStorage of(Settings settings, Host host, Path scratch);
    }

    /** The deep storage of the settings. Throws {@code Unusable} for a type that nothing is known of. */
    public DeepStorage of(Settings settings, Host host, Path scratch) {
        String type = settings.segments().type();
        Kind kind = kinds.get(type);
        if (kind == null) {
            throw new Unusable(
                    "deep storage of type '" + type + "' is not known",
                    "These are: " + String.join(", ", new TreeSet<>(kinds.keySet())) + ".");
        }
        return kind.of(settings, host, scratch);
    }

    private static DeepStorage local(Settings settings, Host host, Path scratch) {
        PathSettings own = settings.paths();
        return new LocalDeepStorage(
                host, settings.segments(), scratch, own.catalog(), own.inbox(), own.state(), own.deadLetters());
    }
}
