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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes a file on one thread and takes the SHA-256 of the whole on another, so that the caller's thread is free to read
 * and hash the parts. A further thread flushes to the disk from time to time, so that the last flush is short. A
 * failure shows at the next call. For one calling thread.
 */
final class WriteBehind implements Closeable {
    private static final long FLUSH_EVERY = 256L << 20;

    private final FileChannel channel;
    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(Chunks.COUNT);
    private final ExecutorService writer = Chunks.thread("dolmen-write");
    private final ExecutorService hasher = Chunks.thread("dolmen-hash");
    private final ExecutorService flusher = Chunks.thread("dolmen-flush");
    private final AtomicBoolean flushing = new AtomicBoolean();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final MessageDigest digest = Checksum.digest();
    private Chunk current;
    private long unflushed;

    /** The same bytes twice: digests want an array, channels want memory outside of the heap. */
    private static final class Chunk {
        private final byte[] bytes = new byte[Chunks.SIZE];
        private final ByteBuffer direct = ByteBuffer.allocateDirect(Chunks.SIZE);
    }

    WriteBehind(FileChannel channel) {
        this.channel = channel;
        for (int i = 0; i < Chunks.COUNT; i++) {
            free.add(new Chunk());
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
        current.direct.limit((int) Math.min(current.direct.capacity(), start + limit));
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
        Chunks.finish(hasher);
        Chunks.finish(flusher);
        throwFailure();
        channel.force(true);
        return Checksum.of(digest);
    }

    private void passOnWhenFull() throws IOException {
        if (!current.direct.hasRemaining()) {
            passOn();
        }
    }

    private void passOn() throws IOException {
        throwFailure();
        Chunk full = current;
        full.direct.flip();
        writer.execute(() -> write(full));
        current = Chunks.take(free);
    }

    private void write(Chunk chunk) {

        int length = chunk.direct.limit();
        try {
            if (failure.get() == null) {
                while (chunk.direct.hasRemaining()) {
                    channel.write(chunk.direct);
                }
                flushAfter(length);
            }
        } catch (IOException refused) {
            failure.compareAndSet(null, refused);
        } finally {
            hasher.execute(() -> hash(chunk, length));
        }
    }

    private void hash(Chunk chunk, int length) {
        digest.update(chunk.bytes, 0, length);
        chunk.direct.clear();
        free.add(chunk);
    }

    private void flushAfter(int length) {
        unflushed += length;
        if (unflushed >= FLUSH_EVERY && flushing.compareAndSet(false, true)) {
            unflushed = 0;
            flusher.execute(this::flush);
        }
    }

    private void flush() {
        try {
            channel.force(false);
        } catch (IOException refused) {
            failure.compareAndSet(null, refused);
        } finally {
            flushing.set(false);
        }
    }

    private void throwFailure() throws IOException {
        if (failure.get() != null) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }

    /** Gives up what was not finished. */
    @Override
    public void close() {
        failure.compareAndSet(null, new IOException("closed"));
        Chunks.finish(writer);
        Chunks.finish(hasher);
        Chunks.finish(flusher);
    }
}
