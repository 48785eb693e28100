package dolmen.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A fake line to a real server: after so many bytes it is cut, and every later connection too, until it is mended. */
public final class CutAfter implements AutoCloseable {
    private final URI server;
    private final AtomicLong left;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public CutAfter(URI server, long bytes) throws IOException {
        this.server = server;
        this.left = new AtomicLong(bytes);
        threads.submit(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** The bytes that the server was sent. */
    public long asked() {
        return asked.get();
    }

    /** The bytes that the server has sent. */
    public long answered() {
        return answered.get();
    }

    public void mend() {
        left.set(Long.MAX_VALUE);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                threads.submit(() -> copy(client, behind, true));
                threads.submit(() -> copy(behind, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[1 << 14];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (counted && left.addAndGet(-length) < 0) {
                    return;
                }
                (counted ? asked : answered).addAndGet(length);
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException closed) {
            // either end is gone, and so is the other
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        threads.shutdownNow();
    }
}
