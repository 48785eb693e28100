package shared;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.classic.ExecRuntime;

/** A body that comes drop by drop must not hold a run for ever: when the time is over, the connection is cut. */
final class LimitedStream extends FilterInputStream {
    private final long end;
    private final ExecRuntime runtime;

    LimitedStream(InputStream body, long end, ExecRuntime runtime) {
        super(body);
        this.end = end;
        this.runtime = runtime;
    }

    @Override
    public int read() throws IOException {
        requireTime();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        requireTime();
        return super.read(target, offset, length);
    }

    private void requireTime() throws IOException {
        if (System.nanoTime() - end > 0) {
            runtime.discardEndpoint();
            throw new SocketTimeoutException("the answer did not end in time");
        }
    }
}
