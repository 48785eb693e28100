package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.SegmentEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stack shows and the backup does not have. */
class NewerSegmentsTest {
    private final AwaitedStack stack = new AwaitedStack();
    private final FakeDruid druid = stack.druid;

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void a_datasource_that_the_backup_does_not_have_fails_unless_newer_ones_are_allowed() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.removeIf(entry -> entry.datasource().equals("clicks"));

        Verification strict = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));
        assertThat(strict.has(Problem.NOT_OF_THE_BACKUP)).isTrue();
        Verification lax = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), true));
        assertThat(lax.served()).isTrue();
        assertThat(lax.warnings()).contains("druid also shows clicks, which the backup does not have");
    }

    @Test
    void newer_segments_are_no_failure_where_they_are_allowed() {
        List<SegmentEntry> entries = Stacks.entries();
        entries.remove(0);
        assertThat(stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), true))
                        .served())
                .isTrue();
        Verification verification = stack.verify(new Expectation(Stacks.dump(entries), Optional.empty(), false));
        assertThat(verification.served()).isFalse();
        assertThat(verification.has(Problem.NOT_OF_THE_BACKUP)).isTrue();
    }
}
