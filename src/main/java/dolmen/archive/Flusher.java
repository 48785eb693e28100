package dolmen.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** Flushes large files to the disk on a thread of its own while the next ones are written, so that the end is short. */
final class Flusher implements Closeable {
    private static final long LARGE = 4L << 20;

    private final ExecutorService thread = Chunks.thread("dolmen-flush");
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    /** A file that is whole; a small one is left to the sync of the tree. */
    void later(Path file) throws IOException {
        if (Files.size(file) >= LARGE) {
            thread.execute(() -> flush(file));
        }
    }

    private void flush(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException refused) {
            failure.compareAndSet(null, refused);
        }
    }

    /** Waits for all of them and throws what the first one that failed met. */
    void finish() throws IOException {
        Chunks.finish(thread);
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Override
    public void close() {
        Chunks.finish(thread);
    }
}
