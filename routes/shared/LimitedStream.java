package shared;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.classic.ExecRuntime;

/** The body of an answer that must end in time: a server that sends it byte by byte could hold a run for ever. */
final class LimitedStream extends FilterInputStream {
    private final long end;
    private final ExecRuntime runtime;

    /** {@code end} is a time of {@link System#nanoTime}; a read after it ends the connection and throws {@link SocketTimeoutException}. */
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
