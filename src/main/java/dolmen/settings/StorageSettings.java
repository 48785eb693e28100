package dolmen.settings;

import dolmen.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code dolmen.storage.*} block: the bucket of an S3 or compatible store (empty: nothing is uploaded) and the prefix
 * of all keys, the endpoint where it is not AWS, region, path style, keys (empty: the default chain of the AWS SDK), own
 * CA, the size of a part in bytes, the largest number of bytes a second (0: no limit), whether archives are staged here, and
 * whether pruning also removes the versions that the bucket keeps of a backup's objects.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">AWS: a part has 5 MiB to 5 GiB</a>
 */
public record StorageSettings(
        Optional<String> bucket,
        String prefix,
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        Optional<String> accessKey,
        Optional<Secret> secretKey,
        Optional<Path> caFile,
        long partBytes,
        long bytesPerSecond,
        Stage stage,
        boolean pruneVersions) {
    private static final long MIB = 1 << 20;

    /** Where a backup's segment archive lies until the backup is published: in the catalog, or nowhere on this machine. */
    public enum Stage {
        CATALOG,
        NONE
    }

    public StorageSettings {
        if (partBytes < 5 * MIB || partBytes > 5 * 1024 * MIB) {
            throw new IllegalArgumentException("dolmen.storage.part-mib is not between 5 and 5120");
        }
        if (stage == Stage.NONE && bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "dolmen.storage.stage is none, so backups lie in the bucket alone, but dolmen.storage.bucket is not set");
        }
        if (stage == Stage.NONE && partBytes > 1024 * MIB) {
            throw new IllegalArgumentException(
                    "dolmen.storage.part-mib is above 1024, but with dolmen.storage.stage=none parts lie in memory");
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("dolmen.storage.limit-mib is below 0");
        }
        if (accessKey.isPresent() != secretKey.isPresent()) {
            throw new IllegalArgumentException(
                    "of dolmen.storage.access-key and dolmen.storage.secret-key one is set without the other");
        }
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException("dolmen.storage.prefix begins or ends with a slash: " + prefix);
        }
    }

    /** Whether the connection to the store is encrypted. */
    public boolean isEncrypted() {
        return endpoint.map(there -> !"http".equals(there.getScheme())).orElse(true);
    }

    /** Tells this bucket and prefix from all others; without secrets. */
    public String identity() {
        return bucket.orElse("") + "\n" + prefix + "\n"
                + endpoint.map(URI::toString).orElse("");
    }

    /** The key of a name below the prefix. */
    public String key(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }
}
