package dolmen.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The versions of the objects of a bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html">AWS: how versioning works</a>
 */
final class S3Versions {
    private static final int FORBIDDEN = 403;

    /** The statuses by which servers answer that have no versions. */
    private static final Set<Integer> NOT_SUPPORTED = Set.of(405, 501);

    private static final String UNVERSIONED = "null";

    private final S3Client client;
    private final String bucket;

    S3Versions(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Whether the bucket keeps versions, or kept them once; empty where it does not tell. */
    private Optional<Boolean> areKept() {
        try {
            return Optional.of(
                    client.getBucketVersioning(ask -> ask.bucket(bucket)).status() != null);
        } catch (S3Exception untold) {
            if (NOT_SUPPORTED.contains(untold.statusCode()) || untold.statusCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw untold;
        }
    }

    boolean has(String key) {
        try {
            return client.headObject(ask -> ask.bucket(bucket).key(key)).versionId() != null;
        } catch (NoSuchKeyException absent) {
            return false;
        }
    }

    /** Where the bucket does not tell whether it keeps versions, the ids that it lists tell: without versions all are {@code null}. */
    List<ObjectVersion> list(String prefix) {
        Optional<Boolean> kept = areKept();
        if (kept.equals(Optional.of(false))) {
            return List.of();
        }
        List<ObjectVersion> found = listedIfKnown(prefix);
        boolean areVersions = kept.isPresent()
                || found.stream().anyMatch(version -> version.isMarker() || !UNVERSIONED.equals(version.id()));
        return areVersions ? found : List.of();
    }

    private List<ObjectVersion> listedIfKnown(String prefix) {
        try {
            return listed(prefix);
        } catch (S3Exception refused) {
            if (NOT_SUPPORTED.contains(refused.statusCode())) {
                return List.of();
            }
            throw refused;
        }
    }

    private List<ObjectVersion> listed(String prefix) {
        List<Dated> found = new ArrayList<>();
        client.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix))
                .forEach(page -> {
                    page.versions().forEach(version -> found.add(Dated.of(version)));
                    page.deleteMarkers().forEach(marker -> found.add(Dated.of(marker)));
                });
        return found.stream().sorted(Dated.OLDEST_FIRST).map(Dated::version).toList();
    }

    DeleteObjectResponse remove(ObjectVersion version) {
        return client.deleteObject(
                gone -> gone.bucket(bucket).key(version.key()).versionId(version.id()));
    }

    /** The answer has versions and delete markers in two lists, so their times tell the order. */
    private record Dated(ObjectVersion version, Instant made, boolean isLatest) {
        static final Comparator<Dated> OLDEST_FIRST = Comparator.comparing(
                        (Dated each) -> each.version().key())
                .thenComparing(Dated::isLatest)
                .thenComparing(Dated::made);

        static Dated of(software.amazon.awssdk.services.s3.model.ObjectVersion version) {
            return new Dated(
                    new ObjectVersion(version.key(), version.versionId(), version.size(), false),
                    version.lastModified(),
                    version.isLatest());
        }

        static Dated of(DeleteMarkerEntry marker) {
            return new Dated(
                    new ObjectVersion(marker.key(), marker.versionId(), 0, true),
                    marker.lastModified(),
                    marker.isLatest());
        }
    }
}
