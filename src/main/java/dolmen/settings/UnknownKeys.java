package dolmen.settings;

import dolmen.model.StepFailure.Unusable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses keys that are set and are no settings: for a renamed one it names the new key, for a mistyped one the nearest that exists.
 * In the file every key must be a setting. {@code -D} and the environment also hold names of others ({@code DOLMEN_SERVICE_HOST} in a
 * cluster): there only a name is refused that begins as a block of settings does, or that is at most 2 letters away from a setting.
 */
final class UnknownKeys {
    private static final Map<String, List<String>> RENAMED =
            Map.of("dolmen.schedule.backup", List.of("dolmen.schedule.full", "dolmen.schedule.incremental"));

    /** Keys whose former name is still read, since an update must not keep the nightly backup from running. */
    private static final Map<String, String> FORMER = Map.of("dolmen.segments.transport", "dolmen.segments.road");

    /** A name that is at most so many letters away from a setting is taken for a mistyped one. */
    private static final int TYPO_DISTANCE = 2;

    private final Set<String> known;

    UnknownKeys(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    /** Old names, each with what took its place. */
    static Map<String, List<String>> renamed() {
        return RENAMED;
    }

    /** The former name of a key, which is still read where the key is not set. */
    static Optional<String> formerName(String key) {
        return Optional.ofNullable(FORMER.get(key));
    }

    /** The name of the environment's variable for a key. */
    static String variableOf(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    void refuseInFile(Collection<String> keys) {
        Names names = names(UnaryOperator.identity());
        new TreeSet<>(keys).stream().filter(key -> !key.startsWith("camel.")).forEach(names::refuse);
    }

    void refuseInSystem(Collection<String> keys) {
        Names names = names(UnaryOperator.identity());
        new TreeSet<>(keys).stream().filter(names::isMeant).forEach(names::refuse);
    }

    void refuseInEnvironment(Collection<String> variables) {
        Names names = names(UnknownKeys::variableOf);
        new TreeSet<>(variables).stream().filter(names::isMeant).forEach(names::refuse);
    }

    private Names names(UnaryOperator<String> form) {
        return new Names(
                Stream.concat(known.stream(), FORMER.values().stream())
                        .map(form)
                        .collect(Collectors.toSet()),
                RENAMED.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> form.apply(entry.getKey()),
                                entry -> entry.getValue().stream().map(form).collect(Collectors.joining(" and ")))));
    }

    /** The names of the settings, as they are written in one place: the file, {@code -D} or the environment. */
    private record Names(Set<String> known, Map<String, String> renamed) {
        boolean isMeant(String name) {
            String block = block(name);
            return !block.isEmpty() && known.stream().anyMatch(each -> each.startsWith(block))
                    || NearestWord.distance(name, NearestWord.to(name, known)) <= TYPO_DISTANCE;
        }

        void refuse(String name) {
            if (renamed.containsKey(name)) {
                throw new Unusable(
                        "the setting " + name + " has another name now", "Set " + renamed.get(name) + " instead.");
            }
            if (!known.contains(name)) {
                throw new Unusable("unknown setting " + name, "Did you mean " + NearestWord.to(name, known) + "?");
            }
        }

        /** {@code dolmen.catalog.} of {@code dolmen.catalog.path}; nothing where there are fewer words. */
        private static String block(String name) {
            String[] words = name.split("(?<=[._])", 3);
            return words.length == 3 ? words[0] + words[1] : "";
        }
    }
}
