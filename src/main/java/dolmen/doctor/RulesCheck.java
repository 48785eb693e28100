package dolmen.doctor;

import dolmen.druid.LoadRule;
import dolmen.druid.RuleForecast;
import dolmen.druid.Tiers;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.MetadataContents;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Which load and drop rules there are, and which used segments they do not keep loaded. */
final class RulesCheck implements Check {
    private final Source source;

    RulesCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        SortedMap<String, List<LoadRule>> rules = source.druid().rules();
        rules.forEach(
                (datasource, list) -> list.stream()
                        .filter(LoadRule::drops)
                        .forEach(
                                rule -> seen.add(
                                        Seen.info(
                                                "rule of " + datasource + ": " + rule.words(),
                                                "What it drops becomes unused: later backups do not vouch for it, and kill tasks may remove it."))));
        MetadataDatabase tables = source.metadata().live();
        MetadataContents contents = tables.contents();
        RuleForecast forecast =
                new RuleForecast(contents.rules(), source.clock().instant(), new Tiers(source.druid()).get());
        tables.usedSegments().forEach(forecast::add);
        forecast.lines()
                .forEach(line -> seen.add(Seen.warning(
                        line, "See the rules of the datasource and the default ones; loadForever keeps everything.")));
        if (seen.isEmpty()) {
            seen.add(Seen.ok("no rule drops segments"));
        }
        return seen;
    }
}
