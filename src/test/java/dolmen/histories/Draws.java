package dolmen.histories;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * What a number draws. {@link Random} itself gives neighbouring numbers nearly the same first draw, and seconds that go
 * round in fours, so that a history would be the same four events again and again.
 */
final class Draws {
    private Draws() {}

    /** The draws of a number, which tell nothing about those of the next one. */
    static Random of(long number) {
        return new Random(new SplittableRandom(number).nextLong());
    }
}
