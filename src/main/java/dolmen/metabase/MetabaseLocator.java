package dolmen.metabase;

import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out where Metabase keeps its data, as Metabase itself does: {@code MB_DB_CONNECTION_URI} before
 * {@code MB_DB_TYPE}, H2 when neither is set. Whether the service has a volume is not looked at. Throws {@code Refused} when the setting says one
 * kind and the container another, or when it is a kind that cannot be saved.
 *
 * @see <a href="https://www.metabase.com/docs/latest/configuring-metabase/environment-variables">Metabase: environment
 *     variables</a>
 */
final class MetabaseLocator {
    private static final String TYPE = "MB_DB_TYPE";
    private static final String ADDRESS = "MB_DB_CONNECTION_URI";

    private final MetabaseSettings settings;
    private final Host host;
    private final Map<String, DatabaseKind> kinds;

    /** {@code kinds} by their words; where the settings name databases of several, the first one counts. */
    MetabaseLocator(MetabaseSettings settings, Host host, Map<String, DatabaseKind> kinds) {
        this.settings = settings;
        this.host = host;
        this.kinds = kinds;
    }

    ApplicationDatabase locate() {
        if (settings.kind() == Kind.NONE) {
            return new NoDatabase("dolmen.metabase.kind=none");
        }
        Optional<Service> service = host.find(settings.service());
        if (service.isEmpty()) {
            return withoutService();
        }
        boolean environmentKnown = !service.get().environment().isEmpty();
        return environmentKnown ? byEnvironment(service.get()) : bySettings(service.get());
    }

    private ApplicationDatabase withoutService() {
        if (settings.kind() == Kind.AUTO) {
            return new NoDatabase("there is no service " + settings.service());
        }
        throw new StepFailure.Failed(
                "there is no service " + settings.service() + " that runs Metabase",
                "Set dolmen.metabase.service to its name, or dolmen.metabase.kind=none.");
    }

    private ApplicationDatabase byEnvironment(Service service) {
        Optional<String> address = service.variable(ADDRESS).filter(text -> !text.isBlank());
        Optional<String> type = service.variable(TYPE).filter(text -> !text.isBlank());
        String name = address.map(MetabaseLocator::typeOf).or(() -> type).orElse("h2");
        String foundBy = address.map(text -> ADDRESS + " (" + name + ") of " + service.name())
                .or(() -> type.map(text -> TYPE + "=" + text + " of " + service.name()))
                .orElse("no " + TYPE + " of " + service.name() + ": H2");
        String kind = kind(name, foundBy);
        if (settings.kind() != Kind.AUTO && !settings.kind().word().equals(kind)) {
            throw new StepFailure.Refused(
                    "dolmen.metabase.kind=" + settings.kind().word() + ", but Metabase uses " + kind + ": " + foundBy,
                    "Set dolmen.metabase.kind to auto, or correct the variable in the stack.");
        }
        return kinds.get(kind).of(service, foundBy, address);
    }

    private ApplicationDatabase bySettings(Service service) {
        Optional<DatabaseKind> set = settings.kind() == Kind.AUTO
                ? kinds.values().stream().filter(DatabaseKind::isSet).findFirst()
                : Optional.of(kinds.get(settings.kind().word()));
        return set.map(kind -> kind.of(service, "the dolmen.metabase settings", Optional.empty()))
                .orElseGet(() -> new NoDatabase("dolmen.metabase.file and dolmen.metabase.database are not set"));
    }

    private String kind(String name, String foundBy) {
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue().isCalled(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new StepFailure.Refused(
                        "Metabase keeps its data in " + name + ", which cannot be saved: " + foundBy,
                        "Set dolmen.metabase.kind=none and save that database by its own means."));
    }

    /** The scheme alone: the rest may hold a password. */
    private static String typeOf(String address) {
        String scheme = address.replaceFirst("^jdbc:", "").split(":", 2)[0];
        return scheme.matches("[A-Za-z][\\w+.-]*") ? scheme : "a database of an unknown kind";
    }
}
