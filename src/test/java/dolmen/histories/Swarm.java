package dolmen.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a seed draws for a whole history: its settings, how long it is, and how often each event comes, if at all. */
final class Swarm {
    private final Map<String, String> settings = new HashMap<>();
    private final SortedMap<String, Integer> weights = new TreeMap<>();
    private final int stacks;
    private final int length;
    private final int keepLast;
    private final boolean bucket;
    private final boolean streamed;
    private final boolean copied;

    Swarm(long seed) {
        Random random = Draws.of(-seed);
        stacks = random.nextInt(4) == 0 ? 2 : 1;
        length = 8 + random.nextInt(33);
        keepLast = random.nextInt(3);
        bucket = random.nextBoolean();
        streamed = bucket && random.nextInt(4) == 0;
        copied = !streamed && random.nextInt(4) == 0;
        settings.put("retention.keep-last", "" + keepLast);
        settings.put("storage.retention.keep-last", "" + keepLast);
        settings.put("retention.after-backup", "" + (random.nextInt(3) > 0));
        settings.put("restore.safety-copies", "" + (1 + random.nextInt(2)));
        if (streamed) {
            settings.put("storage.stage", "none");
        }
        for (Event event : Events.ALL) {
            boolean off = random.nextInt(5) == 0;
            int factor = 1 + random.nextInt(4);
            weights.put(event.name(), off && !event.needed() ? 0 : event.weight() * factor);
        }
    }

    /** How many events happen. */
    int length() {
        return length;
    }

    /** One, or two that share a catalog and a bucket. */
    int stacks() {
        return stacks;
    }

    /** How many backups of a stack are kept; 0: all. */
    int keepLast() {
        return keepLast;
    }

    boolean bucket() {
        return bucket;
    }

    /** Whether backups lie in the bucket alone. */
    boolean streamed() {
        return streamed;
    }

    /** Whether backups are copied to a folder. */
    boolean copied() {
        return copied;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Draws an event. */
    Event next(Random random) {
        int all = weights.values().stream().mapToInt(Integer::intValue).sum();
        int drawn = random.nextInt(all);
        for (Event event : Events.ALL) {
            drawn -= weights.get(event.name());
            if (drawn < 0) {
                return event;
            }
        }
        throw new IllegalStateException();
    }
}
