package dolmen.metabase;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.net.URI;
import java.util.Optional;

/**
 * Finds out where Metabase keeps its data, as Metabase itself does: {@code MB_DB_CONNECTION_URI} before
 * {@code MB_DB_TYPE}, H2 when neither is set. A volume proves nothing. Throws {@code Refused} when the setting says one
 * kind and the container another, or when it is a kind that cannot be saved.
 *
 * @see <a href="https://www.metabase.com/docs/latest/configuring-metabase/environment-variables">Metabase: environment
 *     variables</a>
 */
final class MetabaseLocator {
    private static final String TYPE = "MB_DB_TYPE";
    private static final String ADDRESS = "MB_DB_CONNECTION_URI";
    private static final int POSTGRES_PORT = 5432;

    private final MetabaseSettings settings;
    private final Host host;

    MetabaseLocator(MetabaseSettings settings, Host host) {
        this.settings = settings;
        this.host = host;
    }

    Located locate() {
        if (settings.kind() == Kind.NONE) {
            return new NoDatabase("dolmen.metabase.kind=none");
        }
        Optional<Service> service = host.find(settings.service());
        if (service.isEmpty()) {
            return withoutService();
        }
        boolean told = !service.get().environment().isEmpty();
        return told ? byEnvironment(service.get()) : bySettings(service.get());
    }

    private Located withoutService() {
        if (settings.kind() == Kind.AUTO) {
            return new NoDatabase("there is no service " + settings.service());
        }
        throw new StepFailure.Failed(
                "there is no service " + settings.service() + " that runs Metabase",
                "Set dolmen.metabase.service to its name, or dolmen.metabase.kind=none.");
    }

    private Located byEnvironment(Service service) {
        Optional<String> address = service.variable(ADDRESS).filter(text -> !text.isBlank());
        Optional<String> type = service.variable(TYPE).filter(text -> !text.isBlank());
        String name = address.map(MetabaseLocator::typeOf).or(() -> type).orElse("h2");
        String foundBy = address.map(text -> ADDRESS + " (" + name + ") of " + service.name())
                .or(() -> type.map(text -> TYPE + "=" + text + " of " + service.name()))
                .orElse("no " + TYPE + " of " + service.name() + ": H2");
        Kind kind = kind(name, foundBy);
        if (settings.kind() != Kind.AUTO && settings.kind() != kind) {
            throw new StepFailure.Refused(
                    "dolmen.metabase.kind=" + settings.kind().word() + ", but Metabase uses " + kind.word() + ": "
                            + foundBy,
                    "Set dolmen.metabase.kind to auto, or correct the variable in the stack.");
        }
        return kind == Kind.POSTGRES ? postgres(service, foundBy, address) : h2(service, foundBy, address);
    }

    private Located bySettings(Service service) {
        if (settings.kind() == Kind.POSTGRES
                || settings.kind() == Kind.AUTO && settings.database().isPresent()) {
            return postgres(service, "the dolmen.metabase settings", Optional.empty());
        }
        if (settings.kind() == Kind.H2 || settings.file().isPresent()) {
            return h2(service, "the dolmen.metabase settings", Optional.empty());
        }
        return new NoDatabase("dolmen.metabase.file and dolmen.metabase.database are not set");
    }

    private Located h2(Service service, String foundBy, Optional<String> address) {
        String file = address.map(MetabaseLocator::fileOf)
                .or(() -> service.variable("MB_DB_FILE").filter(text -> !text.isBlank()))
                .or(() -> settings.file().map(own -> own.replaceFirst("\\.mv\\.db$", "")))
                .orElse("/metabase.db");
        return new H2Finder(host, service).find(file, foundBy);
    }

    private Located postgres(Service service, String foundBy, Optional<String> address) {
        Optional<URI> uri = address.map(text -> URI.create(text.replaceFirst("^jdbc:", "")));
        Optional<String> login = uri.map(URI::getUserInfo).map(info -> info.split(":", 2)[0]);
        return new PostgresLocation(
                foundBy,
                settings.postgresService(),
                settings.host().or(() -> uri.map(URI::getHost)).or(() -> service.variable("MB_DB_HOST")),
                port(service, uri),
                settings.database()
                        .or(() -> uri.map(URI::getPath).map(path -> path.replaceFirst("^/", "")))
                        .or(() -> service.variable("MB_DB_DBNAME"))
                        .orElse("metabase"),
                settings.user().or(() -> login).or(() -> service.variable("MB_DB_USER")),
                settings.password().or(() -> service.variable("MB_DB_PASS").map(Secret::new)));
    }

    private int port(Service service, Optional<URI> uri) {
        if (settings.host().isPresent()) {
            return settings.port();
        }
        return uri.map(URI::getPort)
                .filter(port -> port > 0)
                .or(() -> service.variable("MB_DB_PORT")
                        .filter(text -> text.matches("\\d+"))
                        .map(Integer::valueOf))
                .orElse(POSTGRES_PORT);
    }

    private static Kind kind(String name, String foundBy) {
        if (name.startsWith("postgres")) {
            return Kind.POSTGRES;
        }
        if (name.equals("h2")) {
            return Kind.H2;
        }
        throw new StepFailure.Refused(
                "Metabase keeps its data in " + name + ", which cannot be saved: " + foundBy,
                "Set dolmen.metabase.kind=none and save that database by its own means.");
    }

    private static String typeOf(String address) {
        return address.replaceFirst("^jdbc:", "").split(":", 2)[0];
    }

    /** {@code jdbc:h2:file:/path;OPTION=...} without what is around the path. */
    private static String fileOf(String address) {
        return address.replaceFirst("^(jdbc:)?h2:", "")
                .replaceFirst("^file:", "")
                .split(";", 2)[0];
    }
}
