package dolmen.catalog;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberIndex;
import dolmen.archive.SafeFiles;
import dolmen.model.Label;
import dolmen.model.Meter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Fetches those ranges of archives in the bucket that hold the members of an index, into sparse files with each byte where
 * it is in the archive. Neighbours come by one request, with the little that lies between them.
 */
public final class RangeFetch {
    /** A request costs about as much time as so many bytes. */
    private static final long GAP = 64 << 10;

    private static final int RECORD = 512;

    private final RemoteCatalog remote;
    private final Meter meter;

    /** What is fetched is counted. */
    public RangeFetch(RemoteCatalog remote, Meter meter) {
        this.remote = remote;
        this.meter = meter;
    }

    private record Range(long start, long end) {
        long bytes() {
            return end - start;
        }
    }

    /** The bytes that {@link #fetch} would fetch. */
    public static long bytes(Path index) {
        AtomicLong bytes = new AtomicLong();
        forEach(index, (label, range) -> bytes.addAndGet(range.bytes()));
        return bytes.get();
    }

    /** Returns the bytes that were fetched. */
    public long fetch(Path index, Function<Label, Path> archives) {
        AtomicLong bytes = new AtomicLong();
        forEach(index, (label, range) -> {
            fetch(label, range, archives.apply(label));
            bytes.addAndGet(range.bytes());
        });
        return bytes.get();
    }

    /** Each with the record before the content of its first file, which is the header of that. */
    private static void forEach(Path index, BiConsumer<Label, Range> ranges) {
        Map<Label, Range> open = new HashMap<>();
        MemberIndex.read(index, member -> {
            Range needed = new Range(Math.max(0, member.offset() - RECORD), member.offset() + member.size());
            Range before = open.get(member.label());
            if (before != null && needed.start >= before.start && needed.start <= before.end + GAP) {
                open.put(member.label(), new Range(before.start, Math.max(before.end, needed.end)));
                return;
            }
            if (before != null) {
                ranges.accept(member.label(), before);
            }
            open.put(member.label(), needed);
        });
        open.forEach(ranges);
    }

    private void fetch(Label label, Range range, Path archive) {
        SafeFiles.folder(archive.getParent());
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.position(range.start);
            remote.fetchRange(label, range.start, range.bytes(), file, meter);
        } catch (IOException refused) {
            throw FileFailures.writing(archive, refused);
        }
    }
}
