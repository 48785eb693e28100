package dolmen.discovery;

import dolmen.settings.Settings;
import dolmen.stack.FoundContainer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Druid keeps its metadata: the address that its coordinator has, and the container behind it. */
final class MetadataPart {
    private static final String TYPE = "druid.metadata.storage.type";
    private static final String ADDRESS = "druid.metadata.storage.connector.connectURI";
    private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql://([^/:?,]+)(?::\\d+)?/([^?;]+).*");

    private final FoundStack stack;
    private final Settings defaults;

    MetadataPart(FoundStack stack, Settings defaults) {
        this.stack = stack;
        this.defaults = defaults;
    }

    void add(DruidProperties druid, Draft draft) {
        druid.get(TYPE)
                .filter(type -> !type.equals("postgresql"))
                .ifPresent(type -> draft.note("Druid keeps its metadata in " + type + " (" + druid.placeOf(TYPE)
                        + "), which is not covered: move it to PostgreSQL"));
        Optional<Matcher> address = address(druid);
        if (address.isEmpty()) {
            draft.note("no address of Druid's metadata in PostgreSQL was found (" + ADDRESS
                    + "): set dolmen.metadata.service and dolmen.metadata.database");
        }
        Optional<FoundContainer> server = server(stack, druid);
        if (server.isEmpty()) {
            draft.note("no container of PostgreSQL was found"
                    + address.map(found -> " that is called " + found.group(1)).orElse("")
                    + ": set dolmen.metadata.service to one that has psql and pg_dump");
        }
        String from = druid.placeOf(ADDRESS);
        server.ifPresent(container -> server(container, address.isPresent() ? from : "its image", draft));
        address.ifPresent(found -> draft.found(
                "dolmen.metadata.database", found.group(2), defaults.metadata().database(), from));
    }

    /** The container of Druid's PostgreSQL, in the stack's project or outside of it. */
    static Optional<FoundContainer> server(FoundStack stack, DruidProperties druid) {
        return address(druid).map(found -> stack.called(found.group(1))).orElseGet(() -> stack.first(Role.POSTGRES));
    }

    private static Optional<Matcher> address(DruidProperties druid) {
        return druid.get(ADDRESS).map(POSTGRES::matcher).filter(Matcher::matches);
    }

    private void server(FoundContainer container, String from, Draft draft) {
        draft.found(
                "dolmen.metadata.service",
                stack.nameOf(container),
                defaults.metadata().service(),
                from);
        if (container.variable("POSTGRES_USER").isEmpty()) {
            draft.found(
                    "dolmen.metadata.user",
                    "postgres",
                    "",
                    "the default of the image, since " + container.name() + " has no POSTGRES_USER");
            if (container.variable("POSTGRES_PASSWORD").isEmpty()) {
                draft.advise(
                        "dolmen.metadata.password-file",
                        "/etc/dolmen/postgres-password",
                        "needed where PostgreSQL asks for one; " + container.name() + " has no POSTGRES_PASSWORD");
            }
        }
    }
}
