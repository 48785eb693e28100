package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the broker says of the rows. */
class BrokerAnswersTest {
    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void other_rows_than_at_the_time_of_the_backup_fail_with_both_numbers() {
        druid.sql(
                "SUM(num_rows)",
                Answer.json(Answer.text("sql-rows.json")
                        .replace(
                                "\"datasource\":\"wiki\",\"segments\":4,\"unavailable\":0,\"num_rows\":288",
                                "\"datasource\":\"wiki\",\"segments\":4,\"unavailable\":0,\"num_rows\":216")));
        Verification verification = stack.verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ROWS_DIFFER);
            assertThat(finding.message()).isEqualTo("wiki has 216 rows, the backup had 288");
        });
    }

    @Test
    void a_broker_that_lags_is_waited_for() {
        Answer notYet = Answer.of(400, "application/json", Answer.text("sql-not-found.json"));
        druid.sql("SUM(num_rows)", Answer.json("[]"), Answer.recorded("sql-rows.json"));
        druid.sql("FROM \\\"wiki\\\"", notYet, notYet, Answer.recorded("sql-one.json"));
        assertThat(stack.verify().served()).isTrue();
        assertThat(stack.pace.pauses()).isEqualTo(4);
    }

    @Test
    void a_broker_that_never_answers_in_full_fails() {
        druid.sql("FROM \\\"wiki\\\"", Answer.of(400, "application/json", Answer.text("sql-not-found.json")));
        assertThat(stack.verify().findings())
                .singleElement()
                .extracting(ServingProblem::problem)
                .isEqualTo(Problem.QUERIES_FAIL);
    }

    @Test
    void at_a_coordinator_its_own_view_decides_and_a_warning_says_so() {
        druid.withoutSql();
        Verification verification = stack.verify();
        assertThat(verification.served()).isTrue();
        assertThat(verification.warnings()).anyMatch(warning -> warning.startsWith("rows were not compared"));
    }
}
