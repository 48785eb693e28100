package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Milestone;
import dolmen.model.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What attempts at steps say of how far a run has come. */
class RunPositionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    @Test
    void a_swap_counts_from_its_beginning_since_it_may_be_half_done() {
        assertThat(position(begun(Milestone.SEGMENTS_SWAPPED)).furthest()).isEqualTo(Milestone.SEGMENTS_SWAPPED);
        assertThat(position(failed(Milestone.SEGMENTS_SWAPPED)).furthest()).isEqualTo(Milestone.SEGMENTS_SWAPPED);
    }

    @Test
    void a_verification_or_a_publication_counts_only_when_it_has_ended_well() {
        for (Milestone proof : List.of(Milestone.VERIFIED, Milestone.PUBLISHED)) {
            assertThat(position(begun(proof)).furthest()).isEqualTo(Milestone.BEGUN);
            assertThat(position(failed(proof)).furthest()).isEqualTo(Milestone.BEGUN);
            assertThat(position(begun(proof).end(NOW, Optional.empty())).furthest())
                    .isEqualTo(proof);
        }
    }

    @Test
    void a_step_that_is_repeated_takes_nothing_back_of_what_was_passed() {
        RunPosition again = position(
                begun(Milestone.SERVICES_STOPPED), begun(Milestone.SWAPPED_BACK), begun(Milestone.SERVICES_STOPPED));

        assertThat(again.furthest()).isEqualTo(Milestone.SWAPPED_BACK);
        assertThat(again.passed(Milestone.SERVICES_STOPPED)).isTrue();
        assertThat(again.passed(Milestone.UNDONE)).isFalse();
    }

    @Test
    void a_run_that_turned_back_keeps_how_far_it_had_come() {
        assertThat(position(begun(Milestone.SIDE_LOADED), begun(Milestone.TURNED_BACK)))
                .isEqualTo(new RunPosition(Milestone.SIDE_LOADED, true));
    }

    @Test
    void steps_without_a_milestone_move_nothing() {
        assertThat(position(StepRecord.begin("select-backup", NOW, Optional.empty())))
                .isEqualTo(new RunPosition(Milestone.BEGUN, false));
    }

    private static RunPosition position(StepRecord... steps) {
        return RunPosition.of(Stream.of(steps).toList());
    }

    private static StepRecord begun(Milestone milestone) {
        return StepRecord.begin("a-step", NOW, Optional.of(milestone));
    }

    private static StepRecord failed(Milestone milestone) {
        return begun(milestone).end(NOW, Optional.of("broken"));
    }
}
