package dolmen.histories.standins;

import dolmen.histories.files.Fuse;
import dolmen.storage.S3Server;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** A real server of S3's protocol in this process, which keeps its objects in memory and is called by no killed process. */
public final class StoryBucket implements AutoCloseable {
    private static final Set<String> CHANGES = Set.of(
            "putBlob",
            "removeBlob",
            "removeBlobs",
            "copyBlob",
            "initiateMultipartUpload",
            "uploadMultipartPart",
            "completeMultipartUpload",
            "abortMultipartUpload");

    private final BlobStoreContext context;
    private final BlobStore store;
    private final S3Proxy server;

    public StoryBucket() throws Exception {
        context = ContextBuilder.newBuilder("transient")
                .credentials("local", "local")
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        store = context.getBlobStore();
        server = S3Proxy.builder()
                .blobStore(killable(store))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .build();
        server.start();
        empty();
    }

    private static BlobStore killable(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (CHANGES.contains(method.getName())) {
                        Fuse.call("bucket " + method.getName());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** Removes every object. */
    public void empty() {
        store.deleteContainer(S3Server.BUCKET);
        store.createContainerInLocation(null, S3Server.BUCKET);
    }

    /** The objects themselves. */
    public BlobStore objects() {
        return store;
    }

    /** The settings of this bucket. */
    public Map<String, String> settings() {
        return Map.of(
                "storage.bucket", S3Server.BUCKET,
                "storage.endpoint", "http://127.0.0.1:" + server.getPort(),
                "storage.path-style", "true",
                "storage.access-key", S3Server.ACCESS_KEY,
                "storage.secret-key", S3Server.SECRET_KEY);
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
