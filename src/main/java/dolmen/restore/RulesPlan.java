package dolmen.restore;

import dolmen.druid.LoadRule;
import dolmen.druid.RuleForecast;
import dolmen.druid.Tiers;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The part of a plan about load rules. What the rules after the restore do not keep is as good as lost, so it needs consent. */
public final class RulesPlan {
    private final Supplier<Optional<SortedSet<String>>> tiers;
    private final Clock clock;

    /** {@code tiers} asks Druid which tiers have historicals. */
    public RulesPlan(Supplier<Optional<SortedSet<String>>> tiers, Clock clock) {
        this.tiers = tiers;
        this.clock = clock;
    }

    /** By the rules that will be stored; with {@code loadAll} these datasources get rules that keep all. */
    RuleForecast forecast(Map<String, String> stored, Collection<String> datasources, boolean loadAll) {
        Optional<SortedSet<String>> known = tiers.get();
        SortedMap<String, String> rules = new TreeMap<>(stored);
        if (loadAll) {
            datasources.forEach(name -> rules.put(name, Tiers.loadForever(known)));
        }
        return new RuleForecast(rules, clock.instant(), known);
    }

    /** Adds what the rules do not keep to the losses of the plan. */
    static void add(RuleForecast forecast, PlanDraft draft) {
        forecast.lines().forEach(line -> draft.note("warning: " + line));
        forecast.losses()
                .forEach(loss -> draft.lose(loss + ", which the load rules do not keep (--rules=load-all does)"));
    }

    /** Says which rules are kept aside, and how they come back. */
    static void keptAside(Map<String, String> stored, Collection<String> datasources, PlanDraft draft) {
        draft.note(
                "load rules: all restored datasources get loadForever; set theirs again in Druid's console, or by POST"
                        + " /druid/coordinator/v1/rules/NAME");
        datasources.forEach(name -> draft.note("load rules kept aside of " + name + ": "
                + stored.getOrDefault(name, "[], none but those of " + LoadRule.DEFAULT)));
    }
}
