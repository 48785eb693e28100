package dolmen.archive;

import dolmen.model.Checksum;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes a file on one thread and takes the SHA-256 of the whole on another, so that the caller's thread is free to read
 * and hash the parts. A failure shows at the next call. For one calling thread.
 */
final class WriteBehind implements Closeable {
    private static final int PIECE = 4 << 20;
    private static final int PIECES = 5;

    private final PartFile file;
    private final DirectWriter disk;
    private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
    private final ExecutorService writer = Chunks.thread("dolmen-write");
    private final ExecutorService hasher = Chunks.thread("dolmen-hash");
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final MessageDigest digest = Checksum.digest();
    private Piece current;

    /** Holds its bytes twice: a digest reads an array, a channel writes memory outside of the heap. */
    private record Piece(byte[] bytes, ByteBuffer direct) {}

    WriteBehind(PartFile file) throws IOException {
        this.file = file;
        this.disk = new DirectWriter(file);
        for (int i = 0; i < PIECES; i++) {
            free.add(new Piece(new byte[PIECE], disk.buffer(PIECE)));
        }
        current = Chunks.take(free);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, current.direct.remaining());
            System.arraycopy(bytes, offset + done, current.bytes, current.direct.position(), part);
            current.direct.put(bytes, offset + done, part);
            done += part;
            passOnWhenFull();
        }
    }

    /** Takes at most that many bytes from the channel and adds them to the digest; -1 at its end. Throws {@link ReadFailure} for the source. */
    int transfer(FileChannel source, long limit, MessageDigest part) throws IOException {
        int start = current.direct.position();
        current.direct.limit((int) Math.min(current.direct.capacity(), start + Math.min(limit, TarSink.SIP)));
        int length = read(source);
        current.direct.limit(current.direct.capacity());
        if (length > 0) {
            current.direct.get(start, current.bytes, start, length);
            part.update(current.bytes, start, length);
            passOnWhenFull();
        }
        return length;
    }

    private int read(FileChannel source) throws ReadFailure {
        try {
            return source.read(current.direct);
        } catch (IOException unreadable) {
            throw new ReadFailure(unreadable);
        }
    }

    /** Writes and flushes everything; returns the SHA-256 of the whole. */
    Checksum finish() throws IOException {
        passOn();
        Chunks.finish(writer);
        throwFailure();
        file.channel().force(true);
        Chunks.finish(hasher);
        return Checksum.of(digest);
    }

    private void passOnWhenFull() throws IOException {
        if (!current.direct.hasRemaining()) {
            passOn();
        }
    }

    private void passOn() throws IOException {
        throwFailure();
        Piece full = current;
        full.direct.flip();
        int length = full.direct.limit();
        writer.execute(() -> write(full, length));
        current = Chunks.take(free);
    }

    private void write(Piece piece, int length) {
        try {
            if (failure.get() == null) {
                disk.write(piece.direct);
            }
        } catch (IOException refused) {
            failure.compareAndSet(null, refused);
        } finally {
            hasher.execute(() -> hash(piece, length));
        }
    }

    private void hash(Piece piece, int length) {
        digest.update(piece.bytes, 0, length);
        piece.direct.clear();
        free.add(piece);
    }

    private void throwFailure() throws IOException {
        if (failure.get() != null) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }

    /** Gives up what was not finished. */
    @Override
    public void close() throws IOException {
        failure.compareAndSet(null, new IOException("closed"));
        Chunks.finish(writer);
        Chunks.finish(hasher);
        disk.close();
    }
}
