package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final List<String> TIERS = List.of("_default_tier");
    private static final LoadRule FOREVER = rule("loadForever", "", "_default_tier");

    private static LoadRule rule(String type, String span, String tier) {
        return new LoadRule(type, span, new TreeMap<>(tier.isEmpty() ? Map.of() : Map.of(tier, 1L)));
    }

    @Test
    void a_rule_for_ever_keeps_everything_whatever_comes_after() {
        assertThat(Diagnosis.lossy(List.of(FOREVER, rule("dropForever", "", "")), TIERS))
                .isEmpty();
    }

    @Test
    void a_drop_rule_before_it_is_named() {
        assertThat(Diagnosis.lossy(List.of(rule("dropByInterval", "2020/2021", ""), FOREVER), TIERS))
                .isEqualTo("drop segments: dropByInterval 2020/2021");
    }

    @Test
    void rules_for_some_times_only_do_not_keep_the_others() {
        assertThat(Diagnosis.lossy(List.of(rule("loadByPeriod", "P1M", "_default_tier")), TIERS))
                .contains("do not keep segments of all times: loadByPeriod P1M");
        assertThat(Diagnosis.lossy(List.of(), TIERS)).contains("there are none");
    }

    @Test
    void a_tier_without_historicals_is_named() {
        assertThat(Diagnosis.lossy(List.of(rule("loadForever", "", "hot")), TIERS))
                .contains("hot");
    }
}
