package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DruidState;
import dolmen.model.StepFailure;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A coordinator and an overlord must lead. */
class LeadersAwaitedTest {
    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    @Tag("VF-05")
    void no_coordinator_leader_is_no_success_though_all_else_is_well() {
        druid.answers(FakeDruid.COORDINATOR + "/leader", Answer.html(404, "<html></html>"));
        assertThat(stack.verify().findings())
                .singleElement()
                .extracting(ServingProblem::problem)
                .isEqualTo(Problem.NO_COORDINATOR_LEADER);
    }

    @Test
    @Tag("MD-16")
    void no_overlord_leader_is_no_success_and_names_the_lost_extension() {
        druid.answers("/druid/indexer/v1/leader", Answer.html(503, "<html></html>"));
        DruidState then = new DruidState(
                "25.0.0",
                new TreeSet<>(List.of("postgresql-metadata-storage", "druid-kafka-indexing-service")),
                Stacks.then().datasources());
        Verification verification = stack.verify(new Expectation(Stacks.dump(), Optional.of(then), false));

        assertThat(verification.failure().orElseThrow())
                .hasMessageContaining("no overlord leader")
                .hasMessageContaining("druid-kafka-indexing-service");
    }

    @Test
    @Tag("T49")
    void after_a_start_both_leaders_are_waited_for() {
        Answer noLeader = Answer.html(400, "<html>Bad Request</html>");
        druid.answers("/druid/coordinator/v1/leader", noLeader, Answer.recorded("coordinator-leader.txt"));
        druid.answers("/druid/indexer/v1/leader", noLeader, noLeader, Answer.recorded("overlord-leader.txt"));
        noTasks();

        leaders().await(Optional::empty);

        assertThat(stack.pace.pauses()).isEqualTo(3);
    }

    @Test
    @Tag("T49")
    void after_a_start_leaders_are_waited_for_until_they_do_their_work_themselves() {
        String own = "http://coordinator.invalid:8081";
        String datasources = FakeDruid.COORDINATOR + "/metadata/datasources";
        String tasks = "/druid/indexer/v1/tasks?state=running";
        noTasks();
        druid.answers(FakeDruid.COORDINATOR + "/leader", Answer.json(own));
        druid.answers("/druid/indexer/v1/leader", Answer.json(own));
        druid.answers(datasources, Answer.redirect(own + datasources), Answer.recorded("metadata-datasources.json"));
        druid.answers(tasks, Answer.redirect(own + tasks), Answer.html(503, "<html></html>"), Answer.json("[]"));

        leaders().await(Optional::empty);

        assertThat(stack.pace.pauses()).isEqualTo(3);
    }

    @Test
    @Tag("T49")
    void leaders_that_never_lead_are_waited_for_no_longer_than_the_limit_and_not_at_all_in_vain() {
        druid.answers("/druid/indexer/v1/leader", Answer.html(503, "<html></html>"));
        assertThatThrownBy(() -> leaders().await(Optional::empty))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessage("no overlord leads");
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);

        StepFailure.Failed down = new StepFailure.Failed("no service of Druid runs: druid", "Look at its log.");
        assertThatThrownBy(() -> leaders().await(() -> Optional.of(down))).isSameAs(down);
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);
    }

    private void noTasks() {
        for (String state : List.of("running", "pending", "waiting")) {
            druid.answers("/druid/indexer/v1/tasks?state=" + state, Answer.json("[]"));
        }
    }

    private Leaders leaders() {
        return new Leaders(Stacks.api(druid), AwaitedStack.LIMIT, stack.pace);
    }

    @Test
    void a_router_that_knows_no_leader_yet_answers_400_and_is_waited_for() {
        Answer noLeader = Answer.html(400, "<html>Bad Request</html>");
        druid.answers("/druid/coordinator/v1/leader", noLeader, Answer.recorded("coordinator-leader.txt"));
        druid.answers("/druid/indexer/v1/leader", noLeader, noLeader, Answer.recorded("overlord-leader.txt"));
        druid.answers(FakeDruid.LOAD, noLeader, Answer.recorded("loadstatus.json"));

        assertThat(stack.verify().served()).isTrue();
        assertThat(stack.pace.pauses()).isEqualTo(4);
    }
}
