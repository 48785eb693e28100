package dolmen.deepstorage;

import dolmen.archive.MemberIndex;
import dolmen.archive.SafeFiles;
import dolmen.deepstorage.local.Fixture;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program for a JVM of its own: checks a million segments of four files each, and says what that took. */
public final class MillionSegments {
    private static final int COUNT = 1_000_000;

    private MillionSegments() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            lines();
            return;
        }
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
                Fixture.PATHS,
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

    /** Writes them into an index, from a dump that has three datasources in turn; says how many lines that are. */
    private static void lines() throws IOException {
        Path folder = Files.createTempDirectory("million");
        Path file = folder.resolve("index");
        SegmentPrints prints = consumer -> {
            for (int i = 0; i < COUNT; i++) {
                consumer.accept(new SegmentPrint(path(i), "wiki" + i % 3, "", String.format("%032x", i)));
            }
        };
        try (MemberIndex.Writer index = MemberIndex.create(file)) {
            SegmentLines.write(prints, folder.resolve("lines"), index);
            index.finish();
        }
        long[] lines = {0};
        MemberIndex.segments(file, segment -> lines[0]++);
        SafeFiles.remove(folder);
        System.out.println(lines[0] + " lines");
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
