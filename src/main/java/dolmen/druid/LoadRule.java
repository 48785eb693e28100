package dolmen.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One load or drop rule: its type, its period or interval (empty without), and the replicas wanted per tier. */
public record LoadRule(String type, String span, SortedMap<String, Long> tiers) {
    /** The name under which Druid keeps the rules for every datasource. */
    public static final String DEFAULT = "_default";

    public LoadRule {
        tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
    }

    /** Reads a rule as Druid's API writes it. */
    static LoadRule read(JsonNode rule) {
        SortedMap<String, Long> tiers = new TreeMap<>();
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

    /** True when the rule keeps segments of all times. */
    public boolean keepsForever() {
        return type.equals("loadForever");
    }

    /** The rule in a few words, such as {@code dropByPeriod P1M}. */
    public String words() {
        return span.isEmpty() ? type : type + " " + span;
    }
}
