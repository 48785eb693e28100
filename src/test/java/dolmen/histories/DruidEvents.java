package dolmen.histories;

import dolmen.histories.model.Content;
import dolmen.histories.model.Segment;
import dolmen.histories.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Druid does by itself or is told to: segments come, are replaced, dropped and killed. */
final class DruidEvents {
    static final List<Event> ALL = List.of(
            Event.needed("append", 10, world -> true, (world, random) -> append(world, world.site.stack, random)),
            Event.of("reindex", 2, DruidEvents::anyUsed, (world, random) -> replace(world, random, false)),
            Event.of("compact", 2, DruidEvents::anyUsed, (world, random) -> replace(world, random, true)),
            Event.of("drop", 5, DruidEvents::anyUsed, (world, random) -> drop(world.site.stack, random)),
            Event.of("kill-unused", 5, DruidEvents::anyUnused, (world, random) -> killUnused(world, random)),
            Event.of("again", 3, DruidEvents::anyNext, DruidEvents::again));

    private static final List<String> DATASOURCES = List.of("clicks", "wiki");
    private static final List<Integer> SIZES = List.of(40, 40, 70);

    private DruidEvents() {}

    static boolean anyUsed(World world) {
        return !world.site.stack.now().used().isEmpty();
    }

    private static boolean anyUnused(World world) {
        return world.site.stack.now().rows().values().stream().anyMatch(segment -> !segment.used());
    }

    private static boolean anyNext(World world) {
        return world.site.stack.now().used().stream().anyMatch(segment -> segment.partition() > 0);
    }

    static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** One more segment of a day; it gets the day's version and the next free number, as Druid allocates it. */
    static void append(World world, Stack stack, Random random) {
        String datasource = one(DATASOURCES, random);
        int day = random.nextInt(3) == 0 ? 2 : 1;
        String interval =
                "2026-01-0%d/2026-01-0%d".formatted(day, day + 1).replaceAll("(\\d\\d)(?=/|$)", "$1T00:00:00.000Z");
        Snapshot now = stack.now();
        String version = now.used().stream()
                .filter(segment -> segment.datasource().equals(datasource)
                        && segment.interval().equals(interval))
                .map(Segment::version)
                .max(String::compareTo)
                .orElseGet(() -> newer(world.clock.instant(), now));
        int partition = 0;
        while (now.rows().containsKey(id(datasource, interval, version, partition))
                || stack.pending.contains(id(datasource, interval, version, partition))) {
            partition++;
        }
        push(world, stack, random, datasource, interval, version, partition);
    }

    private static String id(String datasource, String interval, String version, int partition) {
        return datasource + "_" + interval.replace('/', '_') + "_" + version + (partition == 0 ? "" : "_" + partition);
    }

    private static void push(
            World world,
            Stack stack,
            Random random,
            String datasource,
            String interval,
            String version,
            int partition) {
        boolean folder = datasource.equals("wiki");
        String path = "segments/" + datasource + "/" + interval.replace('/', '_') + "/" + version + "/" + partition
                + "/" + (folder ? "" : "index.zip");
        SortedMap<String, Content> files = new TreeMap<>();
        Content data = Content.random(random, 1 + random.nextInt(500), one(SIZES, random));
        files.put(folder ? path + "00000.smoosh" : path, data);
        if (folder) {
            files.put(path + "version.bin", new Content("\0\0\0\t"));
        }
        long size = folder ? data.text().length() + 4 : data.text().length() * 3L;
        Segment segment = new Segment(
                id(datasource, interval, version, partition),
                datasource,
                interval,
                version,
                partition,
                path,
                world.clock.instant().toString(),
                size,
                true);
        if (stack.wasPushed(segment.id())) {
            world.seen("same id and path again");
        }
        stack.publish(segment, files);
    }

    /** Druid never gives a version that is older than one that it has. */
    private static String newer(Instant clock, Snapshot now) {
        Instant newest = now.rows().values().stream()
                .map(segment -> Instant.parse(segment.version()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return (clock.isAfter(newest) ? clock : newest.plusMillis(1)).toString();
    }

    /** A day anew: by other values, or all of it in one segment. */
    private static void replace(World world, Random random, boolean compact) {
        Stack stack = world.site.stack;
        Snapshot now = stack.now();
        Segment some = one(List.copyOf(now.used()), random);
        String version = newer(world.clock.instant(), now);
        int parts = compact ? 1 : 1 + random.nextInt(2);
        for (int partition = 0; partition < parts; partition++) {
            push(world, stack, random, some.datasource(), some.interval(), version, partition);
        }
        now.used().stream()
                .filter(segment -> segment.datasource().equals(some.datasource())
                        && segment.interval().equals(some.interval()))
                .forEach(stack::markUnused);
    }

    /** One segment, or seldom a whole datasource, is marked as unused. */
    static void drop(Stack stack, Random random) {
        List<Segment> used = List.copyOf(stack.now().used());
        Segment some = one(used, random);
        boolean all = random.nextInt(4) == 0;
        used.stream()
                .filter(segment -> all ? segment.datasource().equals(some.datasource()) : segment == some)
                .forEach(stack::markUnused);
    }

    /** The newest segment of a day was wrong: it is dropped and killed, and the next one gets its place. */
    private static void again(World world, Random random) {
        Stack stack = world.site.stack;
        Segment wrong = one(
                stack.now().used().stream()
                        .filter(segment -> segment.partition() > 0)
                        .toList(),
                random);
        stack.markUnused(wrong);
        stack.kill(stack.now().rows().get(wrong.id()));
        world.clock.move(Duration.ofHours(25));
        stack.pending.clear();
        push(world, stack, random, wrong.datasource(), wrong.interval(), wrong.version(), wrong.partition());
    }

    /** A kill task; after a day the coordinator also removes what was allocated. */
    private static void killUnused(World world, Random random) {
        Stack stack = world.site.stack;
        stack.now().rows().values().stream().filter(segment -> !segment.used()).forEach(stack::kill);
        if (random.nextInt(4) > 0) {
            world.clock.move(Duration.ofHours(25));
            stack.pending.clear();
        }
    }
}
