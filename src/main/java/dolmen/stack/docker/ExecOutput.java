package dolmen.stack.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dolmen.stack.Tail;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the frames of one running program: stdout to its marks, the last of stderr kept. The thread that reads the
 * connection also writes to stdout, so a slow reader slows the program down and nothing piles up.
 */
final class ExecOutput implements ResultCallback<Frame> {
    private final MarkedOutput stdout;
    private final Tail stderr = new Tail();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Closeable> stream = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile Optional<IOException> writeFailure = Optional.empty();
    private volatile long lastFrame = System.nanoTime();

    ExecOutput(MarkedOutput stdout) {
        this.stdout = stdout;
    }

    @Override
    public void onStart(Closeable opened) {
        stream = Optional.of(opened);
    }

    @Override
    public void onNext(Frame frame) {
        lastFrame = System.nanoTime();
        if (frame.getStreamType() == StreamType.STDERR) {
            stderr.write(frame.getPayload(), 0, frame.getPayload().length);
            return;
        }
        writeUnlessBroken(frame.getPayload());
    }

    @Override
    public void onError(Throwable broken) {
        failure = failure.or(() -> Optional.of(broken));
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    @Override
    public void close() throws IOException {
        if (stream.isPresent()) {
            stream.get().close();
        }
    }

    /** True when the stream has ended, or its reader has failed, within this time. */
    boolean await(Duration time) throws InterruptedException {
        return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long nothing has come. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastFrame);
    }

    /** Why the connection broke. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** Why stdout could not be written on this side. */
    Optional<IOException> writeFailure() {
        return writeFailure;
    }

    String stderr() {
        return stderr.text();
    }

    private void writeUnlessBroken(byte[] bytes) {
        if (writeFailure.isPresent()) {
            return;
        }
        try {
            stdout.accept(bytes);
        } catch (IOException broken) {
            writeFailure = Optional.of(broken);
            ended.countDown();
        }
    }
}
