package dolmen.restore;

import java.time.Clock;
import java.util.List;
import java.util.Set;

/** What plans the restores into a plain stack. */
final class PlainPlanner {
    private PlainPlanner() {}

    static RestorePlanner of(PlainStack stack) {
        return new RestorePlanner(
                new TargetReader(
                        stack.metadata,
                        stack::identity,
                        stack.storage.paths(),
                        new RulesPlan(() -> stack.tiers, Clock.systemUTC())),
                List.of(
                        new MetadataPlan(stack.metadata, stack.settings),
                        new ForeignPlan(),
                        new SupervisorsPlan(stack.settings),
                        new SegmentsPlan(stack.storage, Set.of("historical")),
                        new MetabasePlan(stack.metabase(), stack.home.resolve("state")),
                        new StackPlan(
                                () -> stack.druidVersion,
                                () -> stack.down,
                                () -> stack.containers,
                                stack.host::whyNotRestarted)));
    }
}
