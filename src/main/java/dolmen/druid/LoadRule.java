package dolmen.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** One load or drop rule: its type, its period or interval (empty without), and the replicas wanted per tier. */
public record LoadRule(String type, String span, SortedMap<String, Long> tiers) {
    /** The tier of historicals that are given none. */
    static final String DEFAULT_TIER = "_default_tier";

    private static final long DEFAULT_REPLICAS = 2;

    /** The name under which Druid keeps the rules for every datasource. */
    public static final String DEFAULT = "_default";

    public LoadRule {
        tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
    }

    /** Reads a list of rules as Druid's API writes it. */
    static List<LoadRule> list(JsonNode rules) {
        List<LoadRule> list = new ArrayList<>();
        rules.forEach(rule -> list.add(read(rule)));
        return List.copyOf(list);
    }

    /** Reads a rule as Druid's API writes it. */
    static LoadRule read(JsonNode rule) {
        SortedMap<String, Long> tiers = new TreeMap<>();
        if (rule.path("type").asText().startsWith("load")
                && !rule.path("tieredReplicants").isObject()) {
            tiers.put(DEFAULT_TIER, DEFAULT_REPLICAS);
        }
        rule.path("tieredReplicants")
                .properties()
                .forEach(tier -> tiers.put(tier.getKey(), tier.getValue().asLong()));
        String span = rule.path("period").asText(rule.path("interval").asText(""));
        return new LoadRule(rule.path("type").asText(), span, tiers);
    }

    /** True for rules that take segments away. */
    public boolean drops() {
        return type.startsWith("drop");
    }

    /**
     * Why a segment that the rule fits is not kept loaded, where {@code known} tiers have historicals; empty when it is
     * kept, or where that is not known.
     */
    Optional<String> loss(Optional<SortedSet<String>> known) {
        if (drops()) {
            return Optional.of(words());
        }
        if (!type.startsWith("load")) {
            return Optional.empty();
        }
        List<String> wanted =
                tiers.keySet().stream().filter(tier -> tiers.get(tier) > 0).toList();
        if (wanted.isEmpty()) {
            return Optional.of(words() + " wants no replica");
        }
        return known.filter(there -> wanted.stream().noneMatch(there::contains))
                .map(there -> words() + " wants tier " + String.join(", ", wanted) + ", which has no historical");
    }

    /** True when the rule keeps segments of all times. */
    boolean keepsForever() {
        return type.equals("loadForever");
    }

    /** The rule in a few words, such as {@code dropByPeriod P1M}. */
    public String words() {
        return span.isEmpty() ? type : type + " " + span;
    }
}
