package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.deepstorage.local.Fixture;
import dolmen.model.HeapNeed;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap that is asked for is enough for what holds the most of the segments, and is said before it is needed. */
@Tag("T30")
class HeapNeedTest {
    /** What Java may take of the launcher's -Xmx256m with its collector. */
    private static final long DEFAULT_HEAP = 247L << 20;

    @Test
    void t30_ten_million_segments_do_not_fit_into_the_default_heap_and_a_million_do() {
        assertThat(new HeapNeed(1_000_000).objection(DEFAULT_HEAP)).isEmpty();

        assertThat(new HeapNeed(10_000_000).objection(DEFAULT_HEAP).orElseThrow())
                .hasMessage("10000000 used segments need 1454 MiB of heap, and Java may take 247 MiB")
                .hasFieldOrPropertyWithValue(
                        "hint",
                        "Set DOLMEN_OPTS=-Xmx1635m; a container needs more memory than that. Nothing was changed.");
        assertThat(new HeapNeed(10_000_000).objection(1635L * 9 / 10 << 20)).isEmpty();
    }

    @Test
    @Timeout(120)
    void t30_the_heap_that_is_asked_for_is_enough() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + new HeapNeed(Held.COUNT).bytes(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Held.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("held true\n");
    }

    /** A program for a JVM of its own: holds what an incremental backup holds of a million segments. */
    static final class Held {
        static final int COUNT = 1_000_000;

        private Held() {}

        public static void main(String[] arguments) {
            UsedSegments used = consumer -> {
                for (int i = 0; i < COUNT; i++) {
                    consumer.accept(new SegmentEntry(
                            "segment-" + i, "wiki", "a/b", "v", Shard.counted(i, 0), "local", path(i) + "/", 1));
                }
            };
            SegmentPrints prints = consumer -> {
                for (int i = 0; i < COUNT; i++) {
                    consumer.accept(new SegmentPrint("segment-" + i, "wiki", "now", "print-" + i));
                }
            };
            SegmentFiles files = visitor -> {
                for (int i = 0; i < COUNT; i++) {
                    visitor.accept(path(i).substring(1) + "/index.zip", 1);
                }
            };
            BaseSegments base = BaseSegments.compare(prints, prints);
            CoverageCheck check = CoverageCheck.of(base.same(used), Fixture.PATHS, files, "opt/shared");
            boolean[] held = {true};
            used.forEach(segment -> held[0] &= check.isHeld(segment) && !base.isOther(segment));
            System.out.println("held " + held[0]);
        }

        private static String path(int number) {
            return "/opt/shared/segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/v/" + number + "/index";
        }
    }
}
