package dolmen.druid;

import dolmen.model.Json;
import dolmen.model.StepFailure;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tiers that have historicals now; empty while Druid does not answer or none has announced itself. */
public final class Tiers implements Supplier<Optional<SortedSet<String>>> {
    private static final Logger LOG = LoggerFactory.getLogger(Tiers.class);

    private final DruidApi api;

    public Tiers(DruidApi api) {
        this.api = api;
    }

    @Override
    public Optional<SortedSet<String>> get() {
        try {
            SortedSet<String> tiers = new TreeSet<>();
            api.historicals().forEach(server -> tiers.add(server.tier()));
            return Optional.of(tiers).filter(some -> !some.isEmpty());
        } catch (StepFailure silent) {
            LOG.info("druid does not tell its tiers: {}", silent.getMessage());
            return Optional.empty();
        }
    }

    /** Rules, as Druid takes them, that keep segments of all times with a replica on a tier that has historicals. */
    public static String loadForever(Optional<SortedSet<String>> tiers) {
        String tier = tiers.filter(there -> !there.contains(LoadRule.DEFAULT_TIER))
                .map(SortedSet::first)
                .orElse(LoadRule.DEFAULT_TIER);
        return Json.MAPPER
                .createArrayNode()
                .add(Json.MAPPER
                        .createObjectNode()
                        .put("type", "loadForever")
                        .set("tieredReplicants", Json.MAPPER.createObjectNode().put(tier, 1)))
                .toString();
    }
}
