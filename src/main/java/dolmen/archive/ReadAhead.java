package dolmen.archive;

import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;

/**
 * Reads a stream on one thread and takes the SHA-256 of the whole on another, so that the caller's thread is free to hash
 * the parts and the disk never waits for a sum. For one calling thread.
 */
final class ReadAhead implements Closeable {
    private final InputStream source;
    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(Chunks.COUNT);
    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(Chunks.COUNT + 1);
    private final ExecutorService reader = Chunks.thread("dolmen-read");
    private final ExecutorService hasher = Chunks.thread("dolmen-hash");
    private final Optional<MessageDigest> digest;
    private volatile boolean closed;
    private Chunk current = new Chunk(0);
    private int position;
    private boolean atEnd;
    private Checksum sha256;

    private static final class Chunk {
        private final byte[] bytes;
        private int length;
        private Exception failure;

        private Chunk(int size) {
            bytes = new byte[size];
        }
    }

    /** Without a digest nothing is hashed. */
    ReadAhead(InputStream source, Optional<MessageDigest> digest) {
        this.source = source;
        this.digest = digest;
        for (int i = 0; i < Chunks.COUNT; i++) {
            free.add(new Chunk(Chunks.SIZE));
        }
        reader.execute(this::fill);
    }

    private void fill() {
        boolean more = true;
        while (more && !closed) {
            Chunk chunk = Chunks.take(free);
            more = fill(chunk);
            hasher.execute(() -> passOn(chunk));
            if (!more && chunk.failure == null && chunk.length > 0) {
                hasher.execute(() -> passOn(new Chunk(0)));
            }
        }
    }

    /** False when nothing comes after it. */
    private boolean fill(Chunk chunk) {
        try {
            chunk.length = source.readNBytes(chunk.bytes, 0, chunk.bytes.length);
            return chunk.length == chunk.bytes.length;
        } catch (IOException | RuntimeException broken) {
            chunk.failure = broken;
            return false;
        }
    }

    private void passOn(Chunk chunk) {
        if (chunk.failure == null) {
            digest.ifPresent(whole -> whole.update(chunk.bytes, 0, chunk.length));
        }
        filled.add(chunk);
    }

    /** Fills the buffer; returns how many bytes there were, less than asked for only at the end. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && available()) {
            int part = Math.min(length - done, current.length - position);
            System.arraycopy(current.bytes, position, buffer, offset + done, part);
            position += part;
            done += part;
        }
        return done;
    }

    /** Hands on that many bytes without copying them; returns how many there were. */
    long transfer(long length, OutputStream out) throws IOException {
        long done = 0;
        while (done < length && available()) {
            int part = (int) Math.min(length - done, current.length - position);
            out.write(current.bytes, position, part);
            position += part;
            done += part;
        }
        return done;
    }

    private boolean available() throws IOException {
        if (position < current.length) {
            return true;
        }
        if (atEnd) {
            return false;
        }
        throwFailure(current.failure);
        if (current.bytes.length > 0) {
            free.add(current);
        }
        current = Chunks.take(filled);
        position = 0;
        throwFailure(current.failure);
        if (current.length == 0) {
            atEnd = true;
            sha256 = digest.map(Checksum::of).orElse(null);
        }
        return !atEnd;
    }

    private static void throwFailure(Exception failure) throws IOException {
        if (failure instanceof StepFailure known) {
            throw known;
        }
        if (failure instanceof IOException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** The SHA-256 of the whole stream; only after its end was reached. */
    Checksum sha256() {
        if (sha256 == null) {
            throw new IllegalStateException("the stream was not hashed to its end");
        }
        return sha256;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            source.close();
        } finally {
            // whether it was closed or not, the thread must not wait for a chunk that nobody returns
            free.offer(new Chunk(0));
            Chunks.finish(reader);
            Chunks.finish(hasher);
        }
    }
}
