package dolmen.archive;

import dolmen.model.Artifact;
import java.io.Closeable;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Writes one POSIX pax tar member by member: {@link #begin}, as many bytes as its size says, the next one, at last
 * {@link #finish}. Closing it before that leaves nothing of it. The SHA-256 of the whole is taken while it is written.
 */
public final class TarOutput implements Closeable {
    static final int RECORD = 512;

    /** GNU tar's default: archives are padded to a multiple of 20 records. */
    private static final int BLOCK = 20 * RECORD;

    private final String name;
    private final TarSink out;
    private long position;
    private long remaining;

    private TarOutput(TarTarget target) {
        this.name = target.name();
        this.out = target.open();
    }

    /** Begins the tar; throws when that is refused where it goes to. */
    public static TarOutput create(TarTarget target) {
        return new TarOutput(target);
    }

    /** Writes the member's header; returns the offset of its content. */
    public long begin(TarMember member) {
        byte[] header = TarHeader.of(member);
        put(header, 0, header.length);
        remaining = member.isFile() ? member.size() : 0;
        return position;
    }

    /** Writes content of the present member; after its last byte the padding follows by itself. */
    public void write(byte[] bytes, int offset, int length) {
        if (length > remaining) {
            throw new IllegalArgumentException("more content than the header announced");
        }
        put(bytes, offset, length);
        remaining -= length;
        pad(length);
    }

    /** As a stream, whose failures are {@code StepFailure}s. */
    public OutputStream content() {
        return new OutputStream() {
            @Override
            public void write(int single) {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                TarOutput.this.write(bytes, offset, length);
            }
        };
    }

    /**
     * Copies content of the present member from a channel, at most as much as the header announced, and adds it to the
     * digest; returns the number of bytes, less than announced when the channel ended.
     */
    long transfer(FileChannel source, Path file, MessageDigest digest) {
        long done = 0;
        while (remaining > 0) {
            int length = out.transfer(source, file, remaining, digest);
            if (length < 0) {
                return done;
            }
            done += length;
            position += length;
            remaining -= length;
            pad(length);
        }
        return done;
    }

    /** Fills up the present member with zeros, which keeps the tar whole when its source became shorter. */
    void fill(MessageDigest digest) {
        byte[] zeros = new byte[64 * 1024];
        while (remaining > 0) {
            int length = (int) Math.min(zeros.length, remaining);
            digest.update(zeros, 0, length);
            write(zeros, 0, length);
        }
    }

    private void pad(int written) {
        if (remaining == 0 && written > 0) {
            int rest = (int) (-position & (RECORD - 1));
            put(new byte[rest], 0, rest);
        }
    }

    private void put(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
        position += length;
    }

    /** Writes the end-of-archive marker and makes the tar last, under its name. */
    public Artifact finish() {
        if (remaining > 0) {
            throw new IllegalStateException("the last member lacks " + remaining + " bytes");
        }
        int end = 2 * RECORD;
        int padded = (int) ((BLOCK - (position + end) % BLOCK) % BLOCK) + end;
        put(new byte[padded], 0, padded);
        return new Artifact(name, position, out.finish());
    }

    @Override
    public void close() {
        out.close();
    }
}
