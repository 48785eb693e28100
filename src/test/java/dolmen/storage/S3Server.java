package dolmen.storage;

import dolmen.model.Secret;
import dolmen.settings.StorageSettings;
import dolmen.stories.DolmenCommand;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** A real server of S3's protocol that keeps its objects in a folder. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "backups";
    public static final String ACCESS_KEY = "dolmen";
    public static final String SECRET_KEY = "FoolishS3Secret";

    private final BlobStoreContext context;
    private final S3Proxy server;

    public S3Server(Path folder) throws Exception {
        Files.createDirectories(folder.resolve(BUCKET));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        context = ContextBuilder.newBuilder("filesystem")
                .credentials("local", "local")
                .overrides(properties)
                .build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** This command with this server's bucket. */
    public DolmenCommand in(DolmenCommand dolmen) {
        return dolmen.with("dolmen.storage.bucket", BUCKET)
                .with("dolmen.storage.endpoint", endpoint().toString())
                .with("dolmen.storage.path-style", "true")
                .with("dolmen.storage.access-key", ACCESS_KEY)
                .with("dolmen.storage.secret-key", SECRET_KEY);
    }

    public StorageSettings settings(String secret, long bytesPerSecond) {
        return settings(endpoint(), BUCKET, secret, bytesPerSecond);
    }

    public static StorageSettings settings(URI endpoint, String bucket, String secret, long bytesPerSecond) {
        return settings(endpoint, bucket, ACCESS_KEY, secret, bytesPerSecond, false);
    }

    /** Also with the key of another server, and with versions removed by pruning. */
    public static StorageSettings settings(
            URI endpoint, String bucket, String accessKey, String secret, long bytesPerSecond, boolean pruneVersions) {
        return new StorageSettings(
                Optional.of(bucket),
                "stack",
                Optional.of(endpoint),
                "us-east-1",
                true,
                Optional.of(accessKey),
                Optional.of(new Secret(secret)),
                Optional.empty(),
                5 << 20,
                bytesPerSecond,
                StorageSettings.Stage.CATALOG,
                pruneVersions);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the server does not stop", failed);
        } finally {
            context.close();
        }
    }
}
