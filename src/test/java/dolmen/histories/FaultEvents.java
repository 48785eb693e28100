package dolmen.histories;

import dolmen.histories.model.Content;
import dolmen.histories.model.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

/** What goes wrong by itself. */
final class FaultEvents {
    static final List<Event> ALL = List.of(
            Event.of("cut-file", 2, FaultEvents::isWhole, (world, random) -> damage(world, random, true)),
            Event.of("replace-file", 2, FaultEvents::isWhole, (world, random) -> damage(world, random, false)),
            Event.needed("mend-files", 10, FaultEvents::isDamaged, (world, random) -> mend(world)),
            Event.of("clock-ahead", 1, world -> true, (world, random) -> {
                world.clock.move(Duration.ofDays(100 + random.nextInt(900)));
                world.seen("clock ahead");
            }),
            Event.of("clock-back", 3, world -> world.seen.containsKey("clock ahead"), (world, random) -> {
                world.clock.move(Duration.ofDays(-300 - random.nextInt(700)));
                world.seen("clock back");
            }));

    private FaultEvents() {}

    private static boolean isWhole(World world) {
        Stack stack = world.site.stack;
        return !stack.now().used().isEmpty() && stack.isWhole(stack.now());
    }

    private static boolean isDamaged(World world) {
        return !world.site.stack.isWhole(world.site.stack.now());
    }

    /** The file of a used segment in which its rows are. */
    static String dataFile(Stack stack, Random random) {
        Segment segment = DruidEvents.one(List.copyOf(stack.now().used()), random);
        return stack.pushed.of(segment).firstKey();
    }

    private static void damage(World world, Random random, boolean cut) {
        Stack stack = world.site.stack;
        String file = dataFile(stack, random);
        Content before = stack.now().files().get(file);
        stack.damage(
                file,
                cut ? before.cut() : Content.random(random, 7, before.text().length()));
    }

    /** Somebody puts the right files back. */
    private static void mend(World world) {
        Stack stack = world.site.stack;
        stack.now().used().forEach(segment -> {
            SortedMap<String, Content> right = stack.pushed.of(segment);
            right.forEach(stack::write);
        });
    }
}
