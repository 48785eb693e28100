package dolmen.archive;

import dolmen.model.StepFailure;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What {@link ReadAhead} and {@link WriteBehind} share: sizes, threads, and waits that end with an interrupt. */
final class Chunks {
    /** Bytes of one piece. */
    static final int SIZE = 1 << 20;

    /** Pieces on their way at a time. */
    static final int COUNT = 8;

    private Chunks() {}

    /** One daemon thread of this name, which begins with the first piece of work. */
    static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Waits for the next one. Throws {@code Failed} when the thread is interrupted. */
    static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    /** Waits without a limit until what was handed to the threads is done; they take nothing more. */
    static void finish(ExecutorService thread) {
        thread.shutdown();
        try {
            boolean ended = false;
            while (!ended) {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static StepFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StepFailure.Failed("copying was interrupted", "Repeat the run; nothing was published.", cause);
    }
}
