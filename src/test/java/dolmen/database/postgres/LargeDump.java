package dolmen.database.postgres;

import dolmen.metadata.postgres.DruidProfile;
import dolmen.model.DumpSummary;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads a made dump of many segments and prints the number that was seen; run in a JVM of its own. */
public final class LargeDump {
    private LargeDump() {}

    public static void main(String[] arguments) {
        long rows = Long.parseLong(arguments[0]);
        String whole = Dumps.druid("druid", "ROWS");
        int at = whole.indexOf("ROWS");
        List<InputStream> parts = new ArrayList<>();
        parts.add(Dumps.stream(whole.substring(0, at)));
        parts.add(new Rows(rows));
        parts.add(Dumps.stream(whole.substring(at + 4)));

        long[] seen = new long[1];
        DumpSummary summary = DumpReader.read(
                new SequenceInputStream(Collections.enumeration(parts)),
                new DruidProfile(segment -> seen[0] += segment.size()));

        System.out.println(summary.usedSegments() + " " + seen[0]);
    }

    /** One row again and again, each with another number in its id. */
    private static final class Rows extends InputStream {
        private final byte[] row = Dumps.segmentRow(
                        "wiki_0000000000",
                        "wiki",
                        true,
                        Dumps.payload("{\"type\":\"local\",\"path\":\"/opt/shared/segments/wiki/2024/index/\"}", 7)
                                .replace("\"version\"", "\"dimensions\":\"" + "d,".repeat(60) + "\",\"version\""))
                .getBytes(StandardCharsets.UTF_8);
        private final long count;
        private long made;
        private int position;

        Rows(long count) {
            this.count = count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (made == count) {
                return -1;
            }
            int read = Math.min(length, row.length - position);
            System.arraycopy(row, position, bytes, offset, read);
            position += read;
            if (position == row.length) {
                position = 0;
                made++;
                count(made);
            }
            return read;
        }

        private void count(long number) {
            long rest = number;
            for (int digit = 14; digit >= 5; digit--) {
                row[digit] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
