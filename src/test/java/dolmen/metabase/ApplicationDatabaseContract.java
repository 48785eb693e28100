package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of application database does; a test of each kind extends this and supplies one. */
public abstract class ApplicationDatabaseContract extends ApplicationCopyContract {
    private static final RunMark LATER = new RunMark("20261124-030000-001");

    /** The names of all that lies beside Metabase's data and belongs to a restore. */
    protected abstract List<String> leftovers() throws Exception;

    @Test
    void what_is_staged_is_seen_when_it_is_swapped_in() throws Exception {
        Path file = archived(3);
        users(2);
        database().stage(file, MARK, Meter.NONE);
        assertThat(users()).isEqualTo(2);
        database().swapIn(MARK);
        assertThat(users()).isEqualTo(3);
        database().drop(MARK);
        assertThat(users()).isEqualTo(3);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void what_is_copied_and_what_is_staged_is_announced_and_counted() throws Exception {
        CountingMeter copied = new CountingMeter();
        CountingMeter staged = new CountingMeter();
        Path staging = Files.createDirectory(folder.resolve("counted"));
        users(3);

        ApplicationDatabaseCopy copy = database().archive(staging, BACKUP, copied);
        database().stage(staging.resolve(copy.artifact().orElseThrow().name()), MARK, staged);

        for (CountingMeter meter : List.of(copied, staged)) {
            assertThat(meter.done()).isEqualTo(meter.expected()).isPositive();
        }
    }

    @Test
    void swapped_back_the_old_data_are_there_again_and_nothing_else() throws Exception {
        Path file = archived(3);
        users(2);
        database().stage(file, MARK, Meter.NONE);
        database().swapIn(MARK);
        database().swapBack(MARK);
        assertThat(users()).isEqualTo(2);
        database().dropNew(MARK);
        assertThat(users()).isEqualTo(2);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void each_step_may_be_repeated() throws Exception {
        Path first = archived(3);
        database().stage(first, MARK, Meter.NONE);
        Path second = archived(5);
        users(2);
        twice(() -> database().stage(second, MARK, Meter.NONE));
        twice(() -> database().swapIn(MARK));
        assertThat(users()).isEqualTo(5);
        twice(() -> database().swapBack(MARK));
        assertThat(users()).isEqualTo(2);
        twice(() -> database().dropNew(MARK));
        twice(() -> database().drop(MARK));
        twice(() -> database().endEarlierRuns());
        assertThat(users()).isEqualTo(2);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void what_was_only_staged_is_swapped_back_and_dropped_without_a_trace() throws Exception {
        Path file = archived(3);
        users(2);
        database().swapBack(MARK);
        database().stage(file, MARK, Meter.NONE);
        database().swapBack(MARK);
        database().dropNew(MARK);
        assertThat(users()).isEqualTo(2);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void what_was_never_staged_is_not_swapped_in() throws Exception {
        users(2);
        assertThatThrownBy(() -> database().swapIn(MARK)).isInstanceOf(StepFailure.class);
        database().swapBack(MARK);
        database().dropNew(MARK);
        assertThat(users()).isEqualTo(2);
    }

    @Test
    void the_data_that_an_earlier_restore_replaced_are_kept_through_a_later_one() throws Exception {
        Path file = archived(3);
        users(1);
        database().stage(file, MARK, Meter.NONE);
        database().swapIn(MARK);
        Path later = archived(4);
        database().stage(later, LATER, Meter.NONE);
        database().swapIn(LATER);
        database().swapBack(LATER);
        database().dropNew(LATER);
        database().swapBack(MARK);
        assertThat(users()).isEqualTo(1);
        database().dropNew(MARK);
        assertThat(leftovers()).isEmpty();
    }

    private static void twice(Runnable step) {
        step.run();
        step.run();
    }
}
