package dolmen.metabase.postgres;

import dolmen.database.postgres.DumpReader;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.DatabaseKind;
import dolmen.metabase.MetabaseStack;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PostgreSQL: a database of a server that the settings name, as Metabase's environment describes it. */
public final class PostgresKind implements DatabaseKind {
    /** Its word in settings and manifests. */
    public static final String WORD = "postgres";

    private static final int PORT = 5432;

    private final MetabaseStack stack;
    private final MetabaseSettings settings;

    public PostgresKind(MetabaseStack stack) {
        this.stack = stack;
        this.settings = stack.settings();
    }

    @Override
    public boolean isCalled(String type) {
        return type.startsWith("postgres");
    }

    @Override
    public boolean isSet() {
        return settings.database().isPresent();
    }

    /** The server is reached through the service of the settings; host and port are as Metabase names them. */
    @Override
    public ApplicationDatabase of(Service service, String foundBy, Optional<String> address) {
        Optional<URI> uri = address.map(text -> URI.create(text.replaceFirst("^jdbc:", "")));
        Optional<String> login = uri.map(URI::getUserInfo).map(info -> info.split(":", 2)[0]);
        return new PostgresApplicationDatabase(
                stack,
                foundBy,
                new MetadataSettings(
                        settings.postgresService(),
                        settings.database()
                                .or(() -> uri.map(URI::getPath).map(path -> path.replaceFirst("^/", "")))
                                .or(() -> service.variable("MB_DB_DBNAME"))
                                .orElse("metabase"),
                        settings.user().or(() -> login).or(() -> service.variable("MB_DB_USER")),
                        settings.password()
                                .or(() -> service.variable("MB_DB_PASS").map(Secret::new)),
                        settings.host().or(() -> uri.map(URI::getHost)).or(() -> service.variable("MB_DB_HOST")),
                        port(service, uri),
                        settings.limit()));
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
                .orElse(PORT);
    }

    @Override
    public boolean reads(Path file) {
        return file.endsWith(Artifact.METABASE_DUMP);
    }

    @Override
    public ApplicationDatabaseCopy contents(Path dump) {
        return ApplicationDatabaseCopy.of(WORD, "the dump", "")
                .with(
                        Optional.empty(),
                        List.of(),
                        DumpReader.read(dump, new MetabaseProfile(), Meter.NONE).rows(),
                        Optional.empty());
    }
}
