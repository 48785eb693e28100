package dolmen.histories;

import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * One kind of event: whether it can happen now, and what it does. {@code weight} is how often it comes among others;
 * {@code needed} ones are never switched off, since nothing happens without them.
 */
record Event(String name, int weight, boolean needed, Predicate<World> possible, BiConsumer<World, Random> effect) {

    static Event of(String name, int weight, Predicate<World> possible, BiConsumer<World, Random> effect) {
        return new Event(name, weight, false, possible, effect);
    }

    static Event needed(String name, int weight, Predicate<World> possible, BiConsumer<World, Random> effect) {
        return new Event(name, weight, true, possible, effect);
    }
}
