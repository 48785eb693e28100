package dolmen.archive;

import dolmen.model.Checksum;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A sink that takes at most so many bytes a second, and so holds back whoever reads them. */
final class PacedSink implements TarSink {
    private final TarSink behind;
    private final long bytesPerSecond;
    private final long begun = System.nanoTime();
    private long taken;

    PacedSink(TarSink behind, long bytesPerSecond) {
        this.behind = behind;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        behind.write(bytes, offset, length);
        pace(length);
    }

    @Override
    public int transfer(FileChannel source, Path name, long limit, MessageDigest digest) {
        int length = behind.transfer(source, name, limit, digest);
        pace(Math.max(0, length));
        return length;
    }

    /** Waits until so many bytes may have been taken since the begin; an interrupt ends the wait. */
    private void pace(int length) {
        taken += length;
        long due = begun + (long) ((double) taken / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        for (long wait = due - System.nanoTime();
                wait > 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(this, wait);
            wait = due - System.nanoTime();
        }
    }

    @Override
    public Checksum finish() {
        return behind.finish();
    }

    @Override
    public void close() {
        behind.close();
    }
}
