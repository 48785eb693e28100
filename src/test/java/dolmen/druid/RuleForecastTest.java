package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleForecastTest {
    private static final Instant NOW = Instant.parse("2024-06-15T12:00:00Z");
    private static final Optional<SortedSet<String>> TIERS =
            Optional.of(new TreeSet<>(List.of("_default_tier", "cold")));
    private static final String DAY = "2024-06-01T00:00:00.000Z/2024-06-02T00:00:00.000Z";

    @ParameterizedTest
    @Tag("T46")
    @CsvSource(delimiter = '|', nullValues = "kept", textBlock = """
                    {"type":"loadForever"}                                              | kept
                    {"type":"dropForever"}                                              | dropForever
                    {"type":"loadByPeriod","period":"P1M"}                              | kept
                    {"type":"loadByPeriod","period":"P1D"}                              | no rule fits
                    {"type":"loadByPeriod","period":"PT400H"}                           | kept
                    {"type":"dropByPeriod","period":"P1M"}                              | dropByPeriod P1M
                    {"type":"dropByPeriod","period":"P13DT35H"}                         | no rule fits
                    {"type":"dropBeforeByPeriod","period":"P13DT12H"}                   | dropBeforeByPeriod P13DT12H
                    {"type":"dropBeforeByPeriod","period":"P13DT13H"}                   | no rule fits
                    {"type":"dropByInterval","interval":"2024/2025"}                    | dropByInterval 2024/2025
                    {"type":"dropByInterval","interval":"2024-06-01T06/2025-01-01"}     | no rule fits
                    {"type":"loadByInterval","interval":"2024-06-01T06/2025-01-01"}     | kept
                    {"type":"broadcastForever"}                                         | kept
                    {"type":"broadcastByInterval","interval":"2023/2024"}               | no rule fits
                    {"type":"loadByInterval","interval":"2024-06-02/2025"}              | no rule fits
                    {"type":"loadByPeriod","period":"P1M","includeFuture":false}        | kept
                    {"type":"dropByPeriod","period":"P1M","includeFuture":false}        | dropByPeriod P1M
                    {"type":"loadForever","tieredReplicants":null}                      | kept
                    {"type":"loadForever","tieredReplicants":{}}                        | loadForever wants no replica
                    {"type":"loadForever","tieredReplicants":{"_default_tier":0}}       | loadForever wants no replica
                    {"type":"loadByPeriod","period":"P1M","tieredReplicants":{"hot":0}} | loadByPeriod P1M wants no replica
                    {"type":"loadForever","tieredReplicants":{"hot":2}}                 | loadForever wants tier hot, which has no historical
                    {"type":"loadForever","tieredReplicants":{"hot":2,"cold":1}}        | kept
                    {"type":"loadForever","tieredReplicants":{"_default_tier":1}},{"type":"dropForever"} | kept
                    {"type":"loadByPeriod","period":"P1D"},{"type":"dropForever"}       | dropForever
                    """)
    void T46_the_first_rule_that_fits_decides(String rule, String lost) {
        RuleForecast forecast = new RuleForecast(Map.of("wiki", "[" + rule + "]"), NOW, TIERS);
        forecast.add(segment("wiki", DAY));
        assertThat(forecast.losses())
                .isEqualTo(
                        lost == null
                                ? List.of()
                                : List.of("1 segments of wiki (" + lost
                                        + "): 2024-06-01T00:00:00Z/2024-06-02T00:00:00Z"));
    }

    @Test
    void the_rules_of_a_datasource_come_before_those_for_all() {
        RuleForecast forecast = new RuleForecast(
                Map.of("wiki", "[{\"type\":\"loadForever\"}]", "_default", "[{\"type\":\"dropForever\"}]"), NOW, TIERS);
        forecast.add(segment("wiki", DAY));
        forecast.add(segment("clicks", DAY));
        assertThat(forecast.lines())
                .containsExactly(
                        "the load rules do not keep 1 segments of clicks (dropForever): 2024-06-01T00:00:00Z/2024-06-02T00:00:00Z");
    }

    @Test
    void an_eternal_segment_and_a_stack_without_rules_are_no_obstacle() {
        String eternity = "-146136543-09-08T08:23:32.096Z/146140482-04-24T15:36:27.903Z";
        RuleForecast forecast =
                new RuleForecast(Map.of("wiki", "[{\"type\":\"loadByPeriod\",\"period\":\"P1D\"}]"), NOW, TIERS);
        forecast.add(segment("wiki", eternity));
        forecast.add(segment("clicks", DAY));
        assertThat(forecast.lines()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_said() {
        RuleForecast forecast = new RuleForecast(
                Map.of("a", "not json", "b", "[{\"type\":\"loadOnSundays\"}]", "c", "[{\"type\":\"loadForever\"}]"),
                NOW,
                TIERS);
        forecast.add(segment("c", "yesterday/today"));
        assertThat(forecast.lines())
                .containsExactly(
                        "the load rules of a cannot be read",
                        "the load rules of b cannot be read",
                        "the load rules do not keep 1 segments of c (their intervals cannot be read)");
    }

    @Test
    @Tag("T46")
    void T46_intervals_that_follow_each_other_are_one_and_not_all_are_named() {
        RuleForecast forecast = new RuleForecast(Map.of("wiki", "[{\"type\":\"dropForever\"}]"), NOW, Optional.empty());
        for (int day = 1; day < 28; day += day < 10 ? 1 : 4) {
            forecast.add(segment("wiki", "2024-06-%02d/2024-06-%02d".formatted(day, day + 1)));
        }
        assertThat(forecast.losses())
                .containsExactly("14 segments of wiki (dropForever): 2024-06-01T00:00:00Z/2024-06-11T00:00:00Z,"
                        + " 2024-06-14T00:00:00Z/2024-06-15T00:00:00Z, 2024-06-18T00:00:00Z/2024-06-19T00:00:00Z and 2 more"
                        + " intervals");
    }

    private static SegmentEntry segment(String datasource, String interval) {
        return new SegmentEntry(
                "id", datasource, interval, "v", Shard.counted(0, 1), "local", "/opt/shared/segments/a/", 7);
    }
}
