package dolmen.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import dolmen.model.StepFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Waits until the coordinator goes by load rules that were stored in the metadata, which it reads each minute by default. */
public final class RulesInForce {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DruidApi api;
    private final Duration limit;
    private final Pace pace;

    /** @param limit how long it may take */
    public RulesInForce(DruidApi api, Duration limit, Pace pace) {
        this.api = api;
        this.limit = limit;
        this.pace = pace;
    }

    /**
     * Returns when the coordinator answers with these rules, a JSON list for each datasource. Throws {@code Failed} when the
     * limit has passed and it answers with others, {@code Unavailable} when it does not answer then.
     */
    public void await(Map<String, String> stored) {
        SortedMap<String, List<LoadRule>> wanted = new TreeMap<>();
        stored.forEach((datasource, json) -> wanted.put(datasource, read(datasource, json)));
        Duration end = pace.now().plus(limit);
        while (!wanted.isEmpty()) {
            boolean last = pace.now().compareTo(end) >= 0;
            try {
                SortedSet<String> others = others(wanted);
                if (others.isEmpty()) {
                    return;
                }
                if (last) {
                    throw new StepFailure.Failed(
                            "the coordinator does not go by the load rules that were stored for "
                                    + String.join(", ", others),
                            "Raise dolmen.druid.verify-limit above the coordinator's"
                                    + " druid.manager.rules.pollDuration, and look at its log.");
                }
            } catch (StepFailure.Unavailable silent) {
                if (last) {
                    throw silent;
                }
            }
            pace.pause(PAUSE);
        }
    }

    private SortedSet<String> others(SortedMap<String, List<LoadRule>> wanted) {
        SortedMap<String, List<LoadRule>> known = api.rules();
        SortedSet<String> others = new TreeSet<>(wanted.keySet());
        others.removeIf(datasource -> wanted.get(datasource).equals(known.get(datasource)));
        return others;
    }

    private static List<LoadRule> read(String datasource, String json) {
        try {
            return LoadRule.list(Json.MAPPER.readTree(json));
        } catch (JsonProcessingException unreadable) {
            throw new StepFailure.Failed(
                    "the load rules of " + datasource + " cannot be read",
                    "They are the backup's, as the stack has none: set some in Druid's console, or add --rules=load-all.",
                    unreadable);
        }
    }
}
