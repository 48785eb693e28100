package dolmen.stack.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A TCP port in front of the engine's socket that ends a connection, cleanly or not, once it has brought this many bytes
 * back. Short answers pass unharmed.
 */
final class CutProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final long limit;
    private final boolean reset;

    CutProxy(long limit, boolean reset) throws IOException {
        this.limit = limit;
        this.reset = reset;
        daemon(this::accept);
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
            engine.connect(
                    UnixDomainSocketAddress.of(URI.create(DockerFixture.ENGINE).getPath()));
            daemon(() -> forward(client, engine));
            daemon(() -> back(client, engine));
        }
    }

    private void forward(Socket client, SocketChannel engine) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = client.getInputStream().read(buffer);
                read >= 0;
                read = client.getInputStream().read(buffer)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                engine.write(bytes);
            }
        }
        engine.close();
    }

    private void back(Socket client, SocketChannel engine) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        long sent = 0;
        while (sent < limit && engine.read(buffer.clear()) >= 0) {
            client.getOutputStream().write(buffer.array(), 0, buffer.position());
            sent += buffer.position();
        }
        if (reset) {
            client.setSoLinger(true, 0);
        }
        client.close();
        engine.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // A closed connection is this proxy's business.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
