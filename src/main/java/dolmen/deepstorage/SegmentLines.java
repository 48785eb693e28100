package dolmen.deepstorage;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberIndex;
import dolmen.archive.PartFile;
import dolmen.model.IndexedSegment;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the used segments of a dump into an index, by datasource. The dump has them in the order of its table, so they lie in
 * a file beside the index in between; a million segments take about 20 MB of memory.
 */
final class SegmentLines {
    private final SortedMap<String, Integer> datasources = new TreeMap<>();
    private int[] datasource = new int[1024];
    private long[] end = new long[1024];
    private int size;

    private SegmentLines() {}

    /** Writes all of them, read once; {@code scratch} is a file that is not there before nor afterwards. */
    public static void write(SegmentPrints used, Path scratch, MemberIndex.Writer index) {
        try (PartFile file = PartFile.create(scratch)) {
            new SegmentLines().write(used, file, index);
        } catch (IOException refused) {
            throw FileFailures.writing(scratch, refused);
        }
    }

    private void write(SegmentPrints used, PartFile file, MemberIndex.Writer index) throws IOException {
        OutputStream lines = new BufferedOutputStream(file.stream(), 1 << 16);
        used.forEach(print -> write(line(print), lines, file.part()));
        lines.flush();
        List<String> names = List.copyOf(datasources.keySet());
        String[] byNumber = new String[names.size()];
        datasources.forEach((name, number) -> byNumber[number] = name);
        try (FileChannel written = FileChannel.open(file.part(), StandardOpenOption.READ)) {
            for (int number : order(names)) {
                index.acceptSegment(segment(written, number, byNumber));
            }
        }
    }

    private static void write(byte[] line, OutputStream lines, Path file) {
        try {
            lines.write(line);
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
    }

    /** The line of a segment, its id and its fingerprint; remembers where it ends and which datasource it is of. */
    private byte[] line(SegmentPrint print) {
        byte[] line = (print.id() + print.fingerprint()).getBytes(StandardCharsets.UTF_8);
        if (size == end.length) {
            end = Arrays.copyOf(end, size * 2);
            datasource = Arrays.copyOf(datasource, size * 2);
        }
        datasource[size] = number(print.datasource());
        end[size] = begin(size) + line.length;
        size++;
        return line;
    }

    private int number(String name) {
        Integer known = datasources.putIfAbsent(name, datasources.size());
        return known == null ? datasources.get(name) : known;
    }

    private long begin(int number) {
        return number == 0 ? 0 : end[number - 1];
    }

    /** The numbers of the segments by the names of their datasources, and in the order in which they came. */
    private int[] order(List<String> names) {
        int[] next = new int[names.size() + 1];
        int[] rank = new int[names.size()];
        for (int i = 0; i < names.size(); i++) {
            rank[datasources.get(names.get(i))] = i;
        }
        for (int i = 0; i < size; i++) {
            next[rank[datasource[i]] + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[rank[datasource[i]]]++] = i;
        }
        return order;
    }

    private IndexedSegment segment(FileChannel lines, int number, String[] names) throws IOException {
        ByteBuffer line = ByteBuffer.allocate((int) (end[number] - begin(number)));
        while (line.hasRemaining() && lines.read(line, begin(number) + line.position()) >= 0) {
            // the rest of the line comes
        }
        String text = new String(line.array(), StandardCharsets.UTF_8);
        int id = text.length() - IndexedSegment.DIGITS;
        return new IndexedSegment(text.substring(0, id), names[datasource[number]], text.substring(id));
    }
}
