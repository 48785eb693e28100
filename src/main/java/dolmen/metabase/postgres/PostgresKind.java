package dolmen.metabase.postgres;

import dolmen.database.postgres.DumpReader;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.DatabaseKind;
import dolmen.metabase.MetabaseStack;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Service;
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

    /**
     * The server is reached through the service of the settings; host and port are as Metabase names them. Throws
     * {@link Refused} when the address cannot be read.
     */
    @Override
    public ApplicationDatabase of(Service service, String foundBy, Optional<String> address) {
        Optional<ConnectionAddress> parsed = address.map(text -> parse(text, service));
        return new PostgresApplicationDatabase(
                stack,
                foundBy,
                new MetadataSettings(
                        settings.postgresService(),
                        settings.database()
                                .or(() -> parsed.flatMap(ConnectionAddress::database))
                                .or(() -> variable(service, "MB_DB_DBNAME"))
                                .orElse("metabase"),
                        settings.user()
                                .or(() -> parsed.flatMap(ConnectionAddress::user))
                                .or(() -> variable(service, "MB_DB_USER")),
                        settings.password()
                                .or(() -> variable(service, "MB_DB_PASS").map(Secret::new)),
                        settings.host()
                                .or(() -> parsed.flatMap(ConnectionAddress::host))
                                .or(() -> variable(service, "MB_DB_HOST")),
                        port(service, parsed),
                        settings.limit()));
    }

    /** The address is not repeated, since it may hold a password. */
    private static ConnectionAddress parse(String address, Service service) {
        return ConnectionAddress.parse(address)
                .orElseThrow(() -> new Refused(
                        "MB_DB_CONNECTION_URI of " + service.name() + " cannot be read as an address of PostgreSQL",
                        "Write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE, with / ? @ and : of the password"
                                + " percent-encoded, or set dolmen.metabase.kind=none."));
    }

    /** Metabase takes a blank variable for one that is not set. */
    private static Optional<String> variable(Service service, String name) {
        return service.variable(name).filter(text -> !text.isBlank());
    }

    private int port(Service service, Optional<ConnectionAddress> address) {
        if (settings.host().isPresent()) {
            return settings.port();
        }
        return address.flatMap(ConnectionAddress::port)
                .or(() -> variable(service, "MB_DB_PORT")
                        .filter(text -> text.matches("\\d{1,5}"))
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
