package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawsTest {
    /** With {@code new Random(number)} 43 of the 512 runs of three come. */
    @Test
    void the_draws_of_neighbouring_numbers_have_nothing_to_do_with_each_other() {
        Set<Integer> runs = new HashSet<>();
        for (long number = 0; number < 10_000; number++) {
            runs.add(64 * first(number) + 8 * first(number + 1) + first(number + 2));
        }
        assertThat(runs).hasSize(512);
    }

    private static int first(long number) {
        return Draws.of(number).nextInt(8);
    }
}
