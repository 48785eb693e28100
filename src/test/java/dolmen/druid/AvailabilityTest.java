package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DatasourceState;
import dolmen.model.StepFailure;
import dolmen.model.UnusedSegments;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long is waited and for what, and when it is over. */
class AvailabilityTest {
    private static final String WIKI_NEWER =
            Answer.text("segments-wiki.json").replace("2026-11-25T02", "2027-01-01T02");

    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void a_stack_that_serves_everything_passes_after_two_readings() {
        Verification verification = stack.verify();

        assertThat(verification.served()).isTrue();
        assertThat(verification.failure()).isEmpty();
        assertThat(verification.findings()).isEmpty();
        assertThat(stack.pace.pauses()).isEqualTo(1);
        assertThat(stack.progress).containsExactly(new Progress(3, 3, 26, 26));
        assertThat(verification.state().orElseThrow().datasources())
                .containsEntry("wiki", new DatasourceState(4, 0, 0, Optional.of(288L)));
    }

    @Test
    @Tag("VF-02")
    void the_old_picture_at_full_load_does_not_pass_and_the_new_one_does_when_it_is_whole() {
        Answer old = Answer.json(WIKI_NEWER.replace("2027", "2025"));
        Answer restored = Answer.recorded("segments-wiki.json");
        Answer none = Answer.recorded("unavailable-wiki.json");
        druid.segments("wiki", old, old, old, restored, restored, restored);
        druid.unavailable("wiki", none, none, none, Answer.json("{\"wiki\":3}"), none);
        Verification verification = stack.verify();

        assertThat(verification.served()).isTrue();
        assertThat(stack.pace.pauses()).isEqualTo(5);
        assertThat(stack.progress).extracting(Progress::segments).containsExactly(22L, 23L, 26L);
    }

    @Test
    @Tag("VF-02")
    void the_old_picture_for_the_whole_limit_fails_naming_the_absent_segments() {
        druid.segments("wiki", Answer.json(WIKI_NEWER));
        Verification verification = stack.verify();

        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.METADATA_NOT_RESTORED)).isTrue();
        assertThat(verification.has(Problem.NOT_OF_THE_BACKUP)).isTrue();
        assertThat(verification.findings().get(0).message()).contains("does not know 4 segments", "wiki 4");
        assertThat(verification.findings().get(0).items()).hasSize(4).allMatch(id -> id.startsWith("wiki_2024"));
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);
    }

    @Test
    @Tag("VF-02")
    void one_reading_that_holds_between_others_does_not_pass() {
        druid.segments("wiki", alternating());
        assertThat(stack.verify().served()).isFalse();
        assertThat(stack.progress).contains(new Progress(3, 3, 26, 26));
        assertThat(stack.pace.now()).isEqualTo(AwaitedStack.LIMIT);
    }

    private static Answer[] alternating() {
        Answer[] answers = new Answer[400];
        for (int reading = 0; reading < answers.length; reading++) {
            answers[reading] = reading % 2 == 0 ? Answer.json("[]") : Answer.recorded("segments-wiki.json");
        }
        return answers;
    }

    @Test
    void errors_while_the_services_start_are_waited_out() {
        druid.answers(FakeDruid.LOAD, Answer.html(503, "<html></html>"), Answer.recorded("loadstatus.json"));
        assertThat(stack.verify().served()).isTrue();
        assertThat(stack.pace.pauses()).isEqualTo(2);
    }

    @Test
    void a_stack_that_never_answers_is_told_apart_from_missing_data() {
        druid.close();
        Verification verification = stack.verify();
        assertThat(verification.findings())
                .singleElement()
                .extracting(ServingProblem::problem)
                .isEqualTo(Problem.NOT_ANSWERING);
        assertThat(verification.state()).isEmpty();
    }

    @Test
    @Tag("MD-19")
    void a_user_that_is_not_known_at_first_is_waited_for_a_while() {
        Answer stranger = Answer.of(401, "text/html", Answer.text("unauthorised.html"));
        druid.answers("/status", stranger, stranger, Answer.recorded("status.json"));
        assertThat(stack.verify().served()).isTrue();
        assertThat(stack.pace.pauses()).isEqualTo(3);
    }

    @Test
    @Tag("MD-19")
    void a_user_that_stays_unknown_fails_before_the_limit_and_says_which_passwords_are_valid_now() {
        druid.answers("/status", Answer.of(401, "text/html", Answer.text("unauthorised.html")));
        DruidApi api = Stacks.api(druid).afterRestore();
        assertThatThrownBy(() -> new Availability(api, UnusedSegments.UNKNOWN, Duration.ofMinutes(10), stack.pace)
                        .await(AwaitedStack.expectation(), stack.progress::add, Optional::empty))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("does not authorise")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains("restore again");
        assertThat(stack.pace.now()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(92));
    }

    @Test
    @Tag("T49")
    void a_wait_that_is_in_vain_ends_at_once_with_what_is_down() {
        druid.answers("/status", Answer.html(503, "<html></html>"));
        StepFailure.Failed down = new StepFailure.Failed("no service of Druid runs: druid", "Look at its log.");
        DruidApi api = Stacks.api(druid).afterRestore();
        assertThatThrownBy(() -> new Availability(api, UnusedSegments.UNKNOWN, Duration.ofMinutes(10), stack.pace)
                        .await(AwaitedStack.expectation(), stack.progress::add, () -> Optional.of(down)))
                .isSameAs(down);
        assertThat(stack.pace.pauses()).isZero();
    }

    @Test
    void a_look_takes_two_readings_and_waits_for_nothing() {
        Availability availability =
                new Availability(Stacks.api(druid), UnusedSegments.UNKNOWN, AwaitedStack.LIMIT, stack.pace);
        assertThat(availability.look(AwaitedStack.expectation()).served()).isTrue();
        druid.unavailable("wiki", Answer.recorded("unavailable-wiki.json"), Answer.json("{\"wiki\":1}"));
        assertThat(availability.look(AwaitedStack.expectation()).served()).isFalse();
        assertThat(stack.pace.pauses()).isZero();
    }
}
