package dolmen.app;

import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.model.StepFailure;
import dolmen.stack.Host;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What killed runs have left in the stack and would go on by itself, or takes room. For the holder of the lock only. */
record StackLeftovers(Host host, DruidMetadata metadata, MetabaseData metabase) {
    private static final Logger LOG = LoggerFactory.getLogger(StackLeftovers.class);

    /** Ends all of it; a line for each. */
    List<String> end() {
        List<String> done = new ArrayList<>();
        host.removeLeftovers().forEach(name -> done.add("removed the throw-away container " + name));
        done.addAll(metadata.endEarlierRuns());
        done.addAll(endAtMetabase());
        return done;
    }

    /** Ends what is at Metabase's database. Where that is not found, whoever needs it says why. */
    List<String> endAtMetabase() {
        try {
            return metabase.database().endEarlierRuns();
        } catch (StepFailure notReached) {
            LOG.warn(
                    "leftovers of earlier runs at Metabase's database were not looked for: {} HINT: {}",
                    notReached.getMessage(),
                    notReached.hint());
            return List.of();
        }
    }
}
