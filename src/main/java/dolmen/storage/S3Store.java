package dolmen.storage;

import dolmen.archive.TarSink;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.Size;
import dolmen.model.StepFailure;
import dolmen.settings.StorageSettings;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of S3 or of a server that speaks its protocol. Large files go in parts, several at a time, each with its MD5 for
 * the server to compare; the heap stays flat. An object carries the SHA-256 of its content as user metadata.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">AWS: multipart upload</a>
 */
public final class S3Store implements ObjectStore {
    static final String SHA256 = "sha256";

    private final S3Client client;
    private final String bucket;
    private final StorageSettings settings;
    private final StoreFailures failures;
    private final S3Versions versions;

    private S3Store(S3Client client, StorageSettings settings) {
        this.client = client;
        this.settings = settings;
        this.bucket = settings.bucket().orElseThrow();
        this.failures = new StoreFailures(bucket);
        this.versions = new S3Versions(client, bucket);
    }

    /** Connects to nothing yet; throws {@code Unusable} when the CA file cannot be read. */
    public static S3Store of(StorageSettings settings) {
        return new S3Store(S3Clients.of(settings), settings);
    }

    @Override
    public long put(Path file, Artifact content, String key, Meter meter) {
        FileParts parts = new FileParts(file, content.bytes(), settings, meter);
        if (parts.count() == 1) {
            return failures.call("store " + key, () -> putWhole(parts, content, key));
        }
        return failures.call(
                "store " + key, () -> new MultipartPut(client, bucket, key, parts, metadata(content)).run());
    }

    private long putWhole(FileParts parts, Artifact content, String key) {
        client.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .metadata(metadata(content))
                        .contentMD5(parts.md5(1).base64()),
                parts.body(1));
        return content.bytes();
    }

    @Override
    public TarSink begin(String key) {
        requireMemory();
        failures.call(
                "give up an unfinished upload of " + key,
                () -> abort(upload -> upload.key().equals(key), key));
        return new StreamedPut(client, failures, key, settings, StreamedPut.MOST);
    }

    private void requireMemory() {
        long needed = StreamedPut.AT_A_TIME * settings.partBytes();
        if (needed > Runtime.getRuntime().maxMemory() / 2) {
            throw new StepFailure.Refused(
                    StreamedPut.AT_A_TIME + " parts of " + Size.words(settings.partBytes())
                            + " take more than half of the memory of this process, "
                            + Size.words(Runtime.getRuntime().maxMemory()),
                    "Set dolmen.storage.part-mib to a smaller number, or give Java more memory (-Xmx).");
        }
    }

    @Override
    public void put(String key, String text) {
        failures.call(
                "store " + key,
                () -> client.putObject(
                        put -> put.bucket(bucket)
                                .key(key)
                                .contentMD5(FileParts.Md5.of(text).base64()),
                        RequestBody.fromString(text)));
    }

    private static Map<String, String> metadata(Artifact content) {
        return Map.of(SHA256, content.sha256().sha256());
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return failures.call("look for " + key, () -> {
            try {
                HeadObjectResponse head =
                        client.headObject(ask -> ask.bucket(bucket).key(key));
                return Optional.of(new StoredObject(
                        key,
                        head.contentLength(),
                        Optional.ofNullable(head.metadata().get(SHA256)).flatMap(Checksum::read),
                        head.eTag() + " " + head.versionId() + " " + head.lastModified()));
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    /** The store's clock, to the second, as its answer about this key tells it, be it a refusal; empty when it tells none. */
    public Optional<Instant> time(String key) {
        return failures.call("ask for the time", () -> {
            try {
                return StoreTime.of(
                        client.headObject(ask -> ask.bucket(bucket).key(key)).sdkHttpResponse());
            } catch (S3Exception refused) {
                return StoreTime.of(refused);
            }
        });
    }

    @Override
    public InputStream read(String key) {
        return failures.call(
                "read " + key, () -> client.getObject(get -> get.bucket(bucket).key(key)));
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return failures.call(
                "read " + key,
                () -> client.getObject(get -> get.bucket(bucket).key(key).range(range)));
    }

    @Override
    public List<String> list(String prefix) {
        return failures.call(
                "list " + prefix,
                () -> client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(S3Object::key)
                        .sorted()
                        .toList());
    }

    @Override
    public void delete(String key) {
        failures.call(
                "remove " + key,
                () -> client.deleteObject(gone -> gone.bucket(bucket).key(key)));
    }

    @Override
    public List<ObjectVersion> versions(String prefix) {
        return failures.call("list the versions of " + prefix, () -> versions.list(prefix));
    }

    @Override
    public boolean isVersion(String key) {
        return failures.call("look for " + key, () -> versions.has(key));
    }

    @Override
    public void delete(ObjectVersion version) {
        failures.call("remove a version of " + version.key(), () -> versions.remove(version));
    }

    @Override
    public int abandon(String prefix, Instant before) {
        return failures.call(
                "give up unfinished uploads of " + prefix,
                () -> abort(upload -> upload.initiated().isBefore(before), prefix));
    }

    private int abort(Predicate<MultipartUpload> which, String prefix) {
        return (int) MultipartPut.unfinished(client, bucket, prefix).stream()
                .filter(which)
                .filter(upload -> MultipartPut.giveUp(client, bucket, upload))
                .count();
    }

    @Override
    public void close() {
        client.close();
    }
}
