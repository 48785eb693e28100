package remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.AbstractSftpEventListenerAdapter;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on the loopback, with one user; it tells what was done, and can cut the line once. */
final class SftpServer implements AutoCloseable {
    static final String USER = "backup";

    /** Every kind of character that an option may have as {@code RAW(...)}. */
    static final String PASSWORD = "s3cr3t@:/#%$'\"\\ +`{|";

    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<String> arrived = new CopyOnWriteArrayList<>();
    final Set<ServerSession> refused = ConcurrentHashMap.newKeySet();
    final AtomicLong written = new AtomicLong();

    private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path knownHosts;

    SftpServer(Path home, Path root) throws Exception {
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(home.resolve("host-key"));
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> {
            boolean known = user.equals(USER) && password.equals(PASSWORD);
            if (!known) {
                refused.add(session);
            }
            return known;
        });
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory files = new SftpSubsystemFactory();
        files.addSftpEventListener(new Watch());
        server.setSubsystemFactories(List.of(files));
        server.start();
        knownHosts = Files.writeString(
                home.resolve("known_hosts"),
                "[127.0.0.1]:" + port() + " "
                        + PublicKeyEntry.toString(
                                keys.loadKeys(null).iterator().next().getPublic()) + "\n");
    }

    int port() {
        return ((InetSocketAddress) server.getBoundAddresses().iterator().next()).getPort();
    }

    /** The URI of a folder of it. */
    String uri(String password) {
        return "sftp:" + USER + "@127.0.0.1:" + port() + "/dolmen?knownHostsFile=" + knownHosts + "&password=RAW("
                + password + ")";
    }

    /** Ends the connection that writes this many bytes from now on. */
    void cutAfter(long bytes) {
        cutAt.set(written.get() + bytes);
    }

    @Override
    public void close() throws IOException {
        server.close(true);
    }

    private final class Watch extends AbstractSftpEventListenerAdapter {
        @Override
        public void open(ServerSession session, String handle, Handle local) {
            opened.add(local.getFile().toString());
        }

        @Override
        public void writing(
                ServerSession session, String handle, FileHandle local, long at, byte[] data, int offset, int length)
                throws IOException {
            if (written.addAndGet(length) > cutAt.get()) {
                cutAt.set(Long.MAX_VALUE);
                session.close(true);
                throw new IOException("cut");
            }
        }

        @Override
        public void moved(ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable failed) {
            arrived.add(to.toString());
        }
    }
}
