package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Shard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random timelines, judged hour by hour: a segment is overshadowed when in each of its hours something newer is whole. */
@Tag("T52")
class RandomTimelinesTest {
    private static final int HOURS = 8;

    private record Segment(int begin, int end, String version, int number, int core) {
        boolean sameSet(Segment other) {
            return begin == other.begin && end == other.end && version.equals(other.version);
        }

        String interval() {
            return Instant.ofEpochSecond(begin * 3600L).toString() + "/" + Instant.ofEpochSecond(end * 3600L);
        }
    }

    @Test
    void T52_every_random_timeline_is_judged_as_hour_by_hour() {
        int overshadowed = 0;
        for (int seed = 0; seed < 4000; seed++) {
            List<Segment> segments = segments(new Random(seed));
            BitSet expected = new BitSet();
            IntStream.range(0, segments.size())
                    .filter(place -> isOvershadowed(segments.get(place), segments))
                    .forEach(expected::set);
            assertThat(timeline(segments).overshadowed())
                    .as("seed %d: %s", seed, segments)
                    .isEqualTo(expected);
            overshadowed += expected.cardinality();
        }
        assertThat(overshadowed).as("or nothing was compared").isGreaterThan(4000);
    }

    @Test
    void T52_parts_of_a_timeline_are_judged_as_the_whole() {
        for (int seed = 0; seed < 500; seed++) {
            List<Segment> segments = segments(new Random(seed));
            int cut = segments.size() / 2;
            Timeline parts = timeline(segments.subList(0, cut)).with(timeline(segments.subList(cut, segments.size())));
            assertThat(parts.overshadowed()).isEqualTo(timeline(segments).overshadowed());
        }
    }

    private static Timeline timeline(List<Segment> segments) {
        Timeline timeline = new Timeline();
        segments.forEach(segment ->
                timeline.add(segment.interval(), segment.version(), Shard.counted(segment.number(), segment.core())));
        return timeline;
    }

    /** Sets of partitions, each now and then without one of them, in any order. */
    private static List<Segment> segments(Random random) {
        List<Segment> segments = new ArrayList<>();
        int sets = 1 + random.nextInt(7);
        for (int set = 0; set < sets; set++) {
            int begin = random.nextInt(HOURS);
            int end = begin + 1 + random.nextInt(HOURS - begin);
            String version = "v" + random.nextInt(4);
            int core = random.nextInt(4);
            int partitions = Math.max(1, core + random.nextInt(2));
            for (int number = 0; number < partitions; number++) {
                Segment segment = new Segment(begin, end, version, number, core);
                boolean clash = segments.stream()
                        .anyMatch(other -> other.version().equals(segment.version())
                                && other.begin() < segment.end()
                                && segment.begin() < other.end()
                                && (!other.sameSet(segment)
                                        || other.number() == segment.number()
                                        || other.core() != segment.core()));
                if (!clash && random.nextInt(8) > 0) {
                    segments.add(random.nextInt(segments.size() + 1), segment);
                }
            }
        }
        return segments;
    }

    private static boolean isOvershadowed(Segment segment, List<Segment> all) {
        return IntStream.range(segment.begin(), segment.end())
                .allMatch(hour -> all.stream()
                        .filter(other -> other.begin() <= hour && hour < other.end())
                        .filter(other -> other.version().compareTo(segment.version()) > 0)
                        .anyMatch(other -> isWhole(other, all)));
    }

    private static boolean isWhole(Segment any, List<Segment> all) {
        return IntStream.range(0, any.core())
                .allMatch(number -> all.stream().anyMatch(other -> other.sameSet(any) && other.number() == number));
    }
}
