package dolmen.discovery;

import dolmen.settings.Settings;
import dolmen.stack.FoundContainer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which container is Metabase, and what its environment says of its own database; that is read again by each backup. */
final class MetabasePart {
    private static final String URI = "MB_DB_CONNECTION_URI";
    private static final String HOST = "MB_DB_HOST";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:jdbc:)?(postgres\\w*|h2|mysql|mariadb):(?://(?:[^@/]*@)?([^:/?]+))?.*");

    private final FoundStack stack;
    private final Settings defaults;

    MetabasePart(FoundStack stack, Settings defaults) {
        this.stack = stack;
        this.defaults = defaults;
    }

    void add(Draft draft) {
        Optional<FoundContainer> found = stack.first(Role.METABASE).or(this::onlyOne);
        if (found.isEmpty()) {
            draft.note("no Metabase was found: set dolmen.metabase.service if there is one");
            return;
        }
        FoundContainer metabase = found.get();
        Optional<Matcher> address = metabase.variable(URI).map(ADDRESS::matcher).filter(Matcher::matches);
        String kind = address.map(uri -> uri.group(1))
                .or(() -> metabase.variable("MB_DB_TYPE"))
                .orElse("h2");
        draft.found(
                "dolmen.metabase.service",
                stack.nameOf(metabase),
                defaults.metabase().service(),
                "what runs Metabase; its own database is " + kind);
        if (kind.startsWith("postgres")) {
            Optional<String> host = address.flatMap(uri -> Optional.ofNullable(uri.group(2)));
            String variable = host.isPresent() ? URI : HOST;
            host.or(() -> metabase.variable(HOST))
                    .flatMap(stack::called)
                    .ifPresent(server -> draft.found(
                            "dolmen.metabase.postgres-service",
                            stack.nameOf(server),
                            defaults.metabase().postgresService(),
                            variable + " of " + metabase.name()));
        }
    }

    /** One that is started apart from the stack. */
    private Optional<FoundContainer> onlyOne() {
        List<FoundContainer> all = stack.all().stream()
                .filter(container -> Role.of(container).equals(Optional.of(Role.METABASE)))
                .toList();
        return all.stream().findFirst().filter(only -> all.size() == 1);
    }
}
