package dolmen.archive;

import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Streams through a tar (POSIX pax, ustar or GNU) and is strict where tar programs are not: every header's checksum is
 * verified, a member that is cut, a missing end-of-archive marker (GNU tar lists a tar cut between two members without
 * complaint) and bytes behind the marker are {@link StepFailure.Damaged}, which says where. The SHA-256 of the whole is
 * there when {@link #next()} has returned nothing. For one thread.
 */
public final class TarReader implements Closeable {
    private static final int RECORD = TarOutput.RECORD;
    private static final int LONGEST_EXTENSION = 1 << 20;

    private final String name;
    private final ReadAhead source;
    private final OutputStream nowhere = OutputStream.nullOutputStream();
    private String member = "the beginning";
    private long position;
    private long remaining;
    private long padding;

    private TarReader(String name, InputStream stream, Optional<MessageDigest> digest) {
        this.name = name;
        this.source = new ReadAhead(stream, digest);
    }

    /** Opens a tar file. */
    public static TarReader open(Path tar) {
        return open(tar, Optional.of(Checksum.digest()));
    }

    private static TarReader open(Path tar, Optional<MessageDigest> digest) {
        try {
            return new TarReader(tar.getFileName().toString(), Files.newInputStream(tar), digest);
        } catch (IOException refused) {
            throw FileFailures.reading(tar, refused);
        }
    }

    /** Reads a tar from a stream, which is closed with the reader; the name is for messages. */
    public static TarReader of(String name, InputStream stream) {
        return new TarReader(name, Objects.requireNonNull(stream), Optional.of(Checksum.digest()));
    }

    /** For a tar whose {@link #sha256()} is not wanted. */
    public static TarReader ofUnhashed(String name, InputStream stream) {
        return new TarReader(name, stream, Optional.empty());
    }

    /** The next member, after skipping what was not read of the present one; empty at the end of a whole tar. */
    public Optional<TarMember> next() {
        skipContent();
        TarExtensions extensions = new TarExtensions();
        while (true) {
            byte[] record = header();
            if (isZero(record, RECORD)) {
                readEnd();
                return Optional.empty();
            }
            TarMember plain = parse(record);
            if (!TarExtensions.isExtension(record)) {
                TarMember whole = extended(extensions, record, plain);
                member = whole.name();
                remaining = whole.size();
                padding = -remaining & (RECORD - 1);
                return Optional.of(whole);
            }
            add(extensions, record, plain);
        }
    }

    private TarMember parse(byte[] record) {
        try {
            if (!TarUtils.verifyCheckSum(record)) {
                throw damaged("a header with a wrong checksum", position - RECORD);
            }
            return TarExtensions.parse(record, position);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw damaged("a header that cannot be read (" + readable(unreadable) + ")", position - RECORD);
        }
    }

    /** Messages of the parser quote raw bytes: nothing that a terminal would obey gets into ours. */
    private static String readable(RuntimeException unreadable) {
        return String.valueOf(unreadable.getMessage()).replaceAll("[^ -~]", "?");
    }

    private void add(TarExtensions extensions, byte[] record, TarMember header) {
        byte[] content = readExtension(header);
        try {
            extensions.add(record, content);
        } catch (IllegalArgumentException unreadable) {
            throw damaged("an extended header that cannot be read (" + readable(unreadable) + ")", position);
        }
    }

    private TarMember extended(TarExtensions extensions, byte[] record, TarMember plain) {
        try {
            return extensions.applyTo(record, plain);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw damaged("an extended header that cannot be read (" + readable(unreadable) + ")", position);
        }
    }

    private byte[] readExtension(TarMember header) {
        if (header.size() > LONGEST_EXTENSION) {
            throw damaged("an extended header of " + header.size() + " bytes", position);
        }
        byte[] content = new byte[(int) header.size()];
        remaining = content.length;
        padding = -remaining & (RECORD - 1);
        readContent(content, 0, content.length);
        skipContent();
        return content;
    }

    /** The rest of the present member's content; it may be left unread. */
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length == 0 ? 0 : readContent(buffer, offset, length);
            }

            @Override
            public long transferTo(OutputStream out) throws IOException {
                return transfer(remaining, out);
            }
        };
    }

    private int readContent(byte[] buffer, int offset, int length) {
        if (remaining == 0) {
            return -1;
        }
        int wanted = (int) Math.min(length, remaining);
        if (read(buffer, offset, wanted) < wanted) {
            throw damaged("the content ends too early", position);
        }
        remaining -= wanted;
        return wanted;
    }

    private long transfer(long length, OutputStream out) throws IOException {
        // a failure of the target comes as an OutputFailure, so every other IOException is one of the source
        OutputFailure.Stream guarded = new OutputFailure.Stream(out);
        try {
            long done = source.transfer(length, guarded);
            position += done;
            remaining -= done;
            if (done < length) {
                throw damaged("the content ends too early", position);
            }
            return done;
        } catch (OutputFailure refused) {
            throw refused.failure();
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    private void skipContent() {
        try {
            transfer(remaining, nowhere);
            remaining = padding;
            transfer(padding, nowhere);
            padding = 0;
        } catch (IOException impossible) {
            throw new IllegalStateException("a null stream refuses nothing", impossible);
        }
    }

    private byte[] header() {
        byte[] record = new byte[RECORD];
        int length = read(record, 0, RECORD);
        if (length == 0) {
            throw damaged("no end-of-archive marker: it is cut between two members", position);
        }
        if (length < RECORD) {
            throw damaged("a header that is cut", position);
        }
        return record;
    }

    private void readEnd() {
        byte[] buffer = new byte[64 * 1024];
        if (read(buffer, 0, RECORD) < RECORD) {
            throw damaged("half an end-of-archive marker: it is cut", position);
        }
        int length = RECORD;
        while (length > 0) {
            if (!isZero(buffer, length)) {
                throw damaged("bytes behind its end-of-archive marker", position - length);
            }
            length = read(buffer, 0, buffer.length);
        }
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private int read(byte[] buffer, int offset, int length) {
        try {
            int done = source.read(buffer, offset, length);
            position += done;
            return done;
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    private StepFailure broken(IOException cause) {
        return new StepFailure.Unavailable(
                "reading " + name + " broke at byte " + position + ", in " + member,
                "Check the disk or the connection that it comes from, and repeat.",
                cause);
    }

    private StepFailure damaged(String what, long offset) {
        return new StepFailure.Damaged(
                name + " is damaged: " + what + " at byte " + offset + ", in or after " + member,
                "Use another copy of this file, or another backup.");
    }

    /** The size of the whole tar in bytes; only after its end. */
    public long bytes() {
        return position;
    }

    /** The SHA-256 of the whole tar; only after its end. */
    public Checksum sha256() {
        return source.sha256();
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException broken) {
            throw broken(broken);
        }
    }
}
