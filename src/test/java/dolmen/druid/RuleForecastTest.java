package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleForecastTest {
    private static final Instant NOW = Instant.parse("2024-06-15T12:00:00Z");
    private static final String DAY = "2024-06-01T00:00:00.000Z/2024-06-02T00:00:00.000Z";

    @ParameterizedTest
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
                    """)
    void the_first_rule_that_fits_decides(String rule, String lost) {
        RuleForecast forecast = new RuleForecast(Map.of("wiki", "[" + rule + "]"), NOW);
        forecast.add(segment("wiki", DAY));
        assertThat(forecast.lines())
                .isEqualTo(lost == null ? List.of() : List.of("1 restored segments of wiki are not kept: " + lost));
    }

    @Test
    void the_rules_of_a_datasource_come_before_those_for_all() {
        RuleForecast forecast = new RuleForecast(
                Map.of("wiki", "[{\"type\":\"loadForever\"}]", "_default", "[{\"type\":\"dropForever\"}]"), NOW);
        forecast.add(segment("wiki", DAY));
        forecast.add(segment("clicks", DAY));
        assertThat(forecast.lines()).containsExactly("1 restored segments of clicks are not kept: dropForever");
    }

    @Test
    void an_eternal_segment_and_a_stack_without_rules_are_no_obstacle() {
        String eternity = "-146136543-09-08T08:23:32.096Z/146140482-04-24T15:36:27.903Z";
        RuleForecast forecast =
                new RuleForecast(Map.of("wiki", "[{\"type\":\"loadByPeriod\",\"period\":\"P1D\"}]"), NOW);
        forecast.add(segment("wiki", eternity));
        forecast.add(segment("clicks", DAY));
        assertThat(forecast.lines()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_said() {
        RuleForecast forecast = new RuleForecast(
                Map.of("a", "not json", "b", "[{\"type\":\"loadOnSundays\"}]", "c", "[{\"type\":\"loadForever\"}]"),
                NOW);
        forecast.add(segment("c", "yesterday/today"));
        assertThat(forecast.lines())
                .containsExactly(
                        "the load rules of a cannot be read",
                        "the load rules of b cannot be read",
                        "1 restored segments of c are not kept: their intervals cannot be read");
    }

    private static SegmentEntry segment(String datasource, String interval) {
        return new SegmentEntry(
                "id", datasource, interval, "v", Shard.counted(0, 1), "local", "/opt/shared/segments/a/", 7);
    }
}
