package dolmen.catalog;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberIndex;
import dolmen.archive.SafeFiles;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Meter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<Label, Range> open = new HashMap<>();
    private long bytes;

    /** What is fetched is counted. */
    public RangeFetch(RemoteCatalog remote, Meter meter) {
        this.remote = remote;
        this.meter = meter;
    }

    private record Range(long start, long end) {}

    /** Returns the bytes that were fetched. */
    public long fetch(Path index, Function<Label, Path> archives) {
        MemberIndex.read(index, member -> add(member, archives));
        open.forEach((label, range) -> fetch(label, range, archives.apply(label)));
        return bytes;
    }

    /** With the record before the content, which is its header. */
    private void add(Member member, Function<Label, Path> archives) {
        Range needed = new Range(Math.max(0, member.offset() - RECORD), member.offset() + member.size());
        Range before = open.get(member.label());
        if (before != null && needed.start >= before.start && needed.start <= before.end + GAP) {
            open.put(member.label(), new Range(before.start, Math.max(before.end, needed.end)));
            return;
        }
        if (before != null) {
            fetch(member.label(), before, archives.apply(member.label()));
        }
        open.put(member.label(), needed);
    }

    private void fetch(Label label, Range range, Path archive) {
        SafeFiles.folder(archive.getParent());
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.position(range.start);
            remote.fetchRange(label, range.start, range.end - range.start, file, meter);
            bytes += range.end - range.start;
        } catch (IOException refused) {
            throw FileFailures.writing(archive, refused);
        }
    }
}
