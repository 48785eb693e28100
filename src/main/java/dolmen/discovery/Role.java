package dolmen.discovery;

import dolmen.stack.FoundContainer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a container is to a stack, in the order in which a restore stops them. Its image, environment and program tell,
 * then its name; images that nothing is known of only count when their service is called exactly so.
 */
public enum Role {
    ROUTER("router"),
    BROKER("broker"),
    MIDDLEMANAGER("middlemanager", "indexer"),
    HISTORICAL("historical"),
    OVERLORD("overlord"),
    COORDINATOR("coordinator"),
    METABASE("metabase"),
    POSTGRES("postgres", "postgresql");

    private static final List<String> POSTGRES_IMAGES = List.of("postgres", "postgis", "timescale", "pgvector");

    private final List<String> words;

    Role(String... words) {
        this.words = List.of(words);
    }

    /** True for Druid's own services. */
    boolean isDruid() {
        return compareTo(METABASE) < 0;
    }

    static Optional<Role> of(FoundContainer container) {
        String image = container.service().image().toLowerCase(Locale.ROOT);
        if (POSTGRES_IMAGES.stream().anyMatch(image::contains)
                || container.variable("PGDATA").isPresent()) {
            return Optional.of(POSTGRES);
        }
        if (image.contains("metabase") || container.hasVariables("MB_DB_")) {
            return Optional.of(METABASE);
        }
        if (image.contains("druid") || container.hasVariables("druid_")) {
            return ofDruid(container);
        }
        return first(role -> role.words.contains(lower(container.service().name())));
    }

    private static Optional<Role> ofDruid(FoundContainer container) {
        List<String> program = container.command().stream()
                .flatMap(argument -> Stream.of(argument.split("\\s+")))
                .map(Role::lower)
                .toList();
        return first(role -> role.isDruid() && program.stream().anyMatch(role.words::contains))
                .or(() -> first(role ->
                        role.isDruid() && role.isPartOf(container.service().name())))
                .or(() -> first(role -> role.isDruid() && role.isPartOf(container.name())));
    }

    private boolean isPartOf(String name) {
        return words.stream().anyMatch(lower(name)::contains);
    }

    private static Optional<Role> first(Predicate<Role> fits) {
        return Arrays.stream(values()).filter(fits).findFirst();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
