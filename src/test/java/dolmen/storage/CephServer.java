package dolmen.storage;

import dolmen.stories.Shell;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/** A real S3 server that keeps versions, by {@code src/sandbox/ceph.sh}: one for all tests of a process. */
public final class CephServer {
    public static final String ACCESS_KEY = "ownerkey";
    public static final String SECRET_KEY = "ownersecret";
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static CephServer shared;

    private final URI endpoint;

    private CephServer(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Running; the first call takes about a minute. */
    public static synchronized CephServer shared() throws Exception {
        if (shared == null) {
            Path home = Files.createTempDirectory("ceph");
            int port = free();
            Map<String, String> environment = Map.of(
                    "S3_PORT",
                    "" + port,
                    "MON_PORT",
                    "" + ThreadLocalRandom.current().nextInt(20_000, 29_000),
                    "CEPH_ROOT",
                    Path.of("target/ceph/root").toAbsolutePath().toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(environment, home)));
            Shell.run(environment, "src/sandbox/ceph.sh", home.toString());
            shared = new CephServer(URI.create("http://127.0.0.1:" + port));
        }
        return shared;
    }

    private static void end(Map<String, String> environment, Path home) {
        Shell.tryRun(environment, "src/sandbox/ceph.sh", home.toString(), "stop");
        Shell.tryRun(Map.of(), "rm", "-rf", home.toString());
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** The name of a new bucket, which keeps versions and lets them be locked. */
    public String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        try (S3Client client = client(name)) {
            client.createBucket(make -> make.bucket(name).objectLockEnabledForBucket(true));
        }
        return name;
    }

    /** Puts a legal hold on a version, or ends it. */
    public void hold(String bucket, ObjectVersion version, boolean on) {
        try (S3Client client = client(bucket)) {
            client.putObjectLegalHold(hold -> hold.bucket(bucket)
                    .key(version.key())
                    .versionId(version.id())
                    .legalHold(
                            legal -> legal.status(on ? ObjectLockLegalHoldStatus.ON : ObjectLockLegalHoldStatus.OFF)));
        }
    }

    private S3Client client(String bucket) {
        return S3Clients.of(S3Server.settings(endpoint, bucket, ACCESS_KEY, SECRET_KEY, 0, false));
    }
}
