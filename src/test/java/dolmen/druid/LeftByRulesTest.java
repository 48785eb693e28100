package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restored segments that no server loads, since the load rules do not keep them: nobody waits for these. */
@Tag("T46")
class LeftByRulesTest {
    private static final String DEFAULT =
            "\"_default\":[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":2}}]";

    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    private void wiki(String rules, int unavailable, Answer served) {
        druid.answers(FakeDruid.COORDINATOR + "/rules", Answer.json("{\"wiki\":[" + rules + "]," + DEFAULT + "}"));
        druid.unavailable("wiki", Answer.json("{\"wiki\":" + unavailable + "}"));
        druid.served("wiki", served);
        druid.sql(
                "SUM(num_rows)",
                Answer.json(Answer.text("sql-rows.json")
                        .replace(
                                "\"segments\":4,\"unavailable\":0,\"num_rows\":288",
                                "\"segments\":4,\"unavailable\":" + unavailable + ",\"num_rows\":"
                                        + (4 - unavailable) * 72)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"dropForever\"}",
                "{\"type\":\"dropBeforeByPeriod\",\"period\":\"P1M\"}",
                "{\"type\":\"loadForever\",\"tieredReplicants\":{}}",
                "{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":0}}",
                "{\"type\":\"loadForever\",\"tieredReplicants\":{\"hot\":1}}"
            })
    void T46_a_datasource_that_the_rules_load_nowhere_is_told_and_is_not_waited_for(String rule) {
        wiki(rule, 4, Answer.of(204, "application/json", ""));
        Verification verification = stack.verify();

        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings())
                .contains("wiki: 4 restored segments are on no historical, since the load rules do not keep them;"
                        + " rows were not compared");
        assertThat(stack.pace.now()).isLessThan(AwaitedStack.LIMIT);
    }

    @Test
    void T46_of_the_others_each_must_be_served() {
        wiki(
                "{\"type\":\"dropByInterval\",\"interval\":\"2024-03-01/2024-03-02\"}",
                2,
                Answer.json(Stacks.tree(Answer.text("served-wiki.json"))
                        .toString()
                        .replaceAll("\"[^\"]*_2024-03-0[12]T[^\"]*_2024-03-0[23][^\"]*\",", "")));
        Verification verification = stack.verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.SEGMENTS_MISSING)).isTrue();
    }
}
