package dolmen.segments;

import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;

/** A program for a JVM of its own: checks a million segments of four files each, and says what that took. */
public final class MillionSegments {
    private static final int COUNT = 1_000_000;

    private MillionSegments() {}

    public static void main(String[] arguments) {
        UsedSegments used = consumer -> {
            for (int i = 0; i < COUNT; i++) {
                consumer.accept(segment(i));
            }
        };
        long start = System.nanoTime();
        long before = memory();
        long[] during = {0};
        CoverageReport report = CoverageCheck.check(
                used,
                "/opt/shared",
                visitor -> {
                    for (int i = 0; i < COUNT; i++) {
                        for (int file = 0; file < 4; file++) {
                            visitor.accept(path(i).substring(1) + "file" + file, i == 777_777 ? 1 : 25);
                        }
                    }
                    during[0] = memory();
                },
                "opt/shared");
        System.out.printf(
                "%d used, %d held, %s, taking %d MB and %.1f s%n",
                report.coverage().used(),
                report.coverage().held(),
                report.coverage().missing(),
                (during[0] - before) >> 20,
                (System.nanoTime() - start) / 1e9);
    }

    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String path(int number) {
        return "/opt/shared/segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/2026-11-24T23:19:43.965Z/"
                + number + "/index/";
    }

    private static SegmentEntry segment(int number) {
        return new SegmentEntry(
                "segment-" + number, "wiki", "a/b", "v", Shard.counted(number, 0), "local", path(number), 100);
    }
}
