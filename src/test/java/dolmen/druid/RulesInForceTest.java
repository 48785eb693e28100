package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The coordinator reads load rules from time to time, so it goes by those of before for a while. */
class RulesInForceTest {
    private static final Map<String, String> STORED =
            Map.of("wiki", "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"hot\":1}}]");
    private static final Answer BEFORE = Answer.json("{\"wiki\":[{\"type\":\"dropForever\"}]}");
    private static final Answer AFTER = Answer.json(
            "{\"wiki\":[{\"tieredReplicants\":{\"hot\":1},\"useDefaultTierForNull\":true,\"type\":\"loadForever\"}]}");

    private final AwaitedStack stack = new AwaitedStack();

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    @Tag("T46")
    void T46_rules_are_waited_for_until_the_coordinator_answers_with_them() {
        stack.druid.answers(FakeDruid.COORDINATOR + "/rules", BEFORE, Answer.html(503, "<html></html>"), AFTER);

        force().await(STORED);

        assertThat(stack.pace.pauses()).isEqualTo(2);
    }

    @Test
    @Tag("T46")
    void T46_a_coordinator_that_stays_with_the_rules_of_before_fails_after_the_limit() {
        stack.druid.answers(FakeDruid.COORDINATOR + "/rules", BEFORE);

        assertThatThrownBy(() -> force().await(STORED))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessage("the coordinator does not go by the load rules that were stored for wiki");
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);
    }

    @Test
    void unreadable_rules_of_a_backup_fail_at_once_and_say_what_helps() {
        assertThatThrownBy(() -> force().await(Map.of("wiki", "[{")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessage("the load rules of wiki cannot be read")
                .extracting(failed -> ((StepFailure) failed).hint())
                .asString()
                .contains("--rules=load-all");
        assertThat(stack.pace.pauses()).isZero();
    }

    @Test
    void nobody_is_asked_where_no_rules_came() {
        force().await(Map.of());

        assertThat(stack.druid.requests()).isEmpty();
    }

    private RulesInForce force() {
        return new RulesInForce(Stacks.api(stack.druid), AwaitedStack.LIMIT, stack.pace);
    }
}
