package dolmen.catalog;

import dolmen.model.KeptVersions;
import dolmen.model.StepFailure.Failed;
import dolmen.storage.ObjectStore;
import dolmen.storage.ObjectVersion;
import dolmen.storage.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions that a bucket keeps of a backup's objects: what pruning leaves where the bucket protects against deletion,
 * and removes only where the settings say so.
 */
final class BucketVersions {
    private static final Logger LOG = LoggerFactory.getLogger(BucketVersions.class);

    private final ObjectStore objects;
    private final boolean removed;

    /** {@code removed} tells that they go with their backup. */
    BucketVersions(ObjectStore objects, boolean removed) {
        this.objects = objects;
        this.removed = removed;
    }

    boolean areRemoved() {
        return removed;
    }

    /** Those of the keys that begin so but of these. Where they may not be seen, what is there now counts. */
    KeptVersions of(String home, Set<String> but) {
        try {
            return count(objects.versions(home).stream()
                    .filter(version -> !version.isMarker() && !but.contains(version.key()))
                    .map(ObjectVersion::bytes)
                    .toList());
        } catch (Failed unseen) {
            List<String> there = objects.list(home).stream()
                    .filter(key -> !but.contains(key) && objects.isVersion(key))
                    .toList();
            if (there.isEmpty()) {
                return KeptVersions.NONE;
            }
            if (removed) {
                throw new Failed(
                        unseen.getMessage(),
                        "dolmen.storage.retention.prune-versions needs the right to list and to remove versions"
                                + " (s3:ListBucketVersions, s3:DeleteObjectVersion); nothing was removed.",
                        unseen);
            }
            LOG.info("counted what is there as versions that stay: {}", unseen.getMessage());
            return count(there.stream()
                    .flatMap(key -> objects.find(key).stream())
                    .map(StoredObject::bytes)
                    .toList());
        }
    }

    private KeptVersions count(List<Long> sizes) {
        return sizes.isEmpty()
                ? KeptVersions.NONE
                : new KeptVersions(
                        sizes.size(), sizes.stream().mapToLong(Long::longValue).sum(), why());
    }

    /**
     * Removes those of the keys that begin so but of these, where that is wanted; true when none is left. The marker that
     * hides a key goes last, so that nothing appears again that another version of it is kept from going.
     */
    boolean remove(String prefix, Set<String> but) {
        if (!removed) {
            return true;
        }
        try {
            Map<String, List<ObjectVersion>> byKey = objects.versions(prefix).stream()
                    .filter(version -> !but.contains(version.key()))
                    .collect(Collectors.groupingBy(ObjectVersion::key, TreeMap::new, Collectors.toList()));
            return byKey.values().stream()
                            .filter(versions -> !removeAll(versions))
                            .count()
                    == 0;
        } catch (Failed unseen) {
            LOG.warn("{} HINT: {}", unseen.getMessage(), unseen.hint());
            return false;
        }
    }

    private boolean removeAll(List<ObjectVersion> oldestFirst) {
        try {
            oldestFirst.forEach(objects::delete);
            return true;
        } catch (Failed kept) {
            LOG.warn("{}, and stays HINT: {}", kept.getMessage(), kept.hint());
            return false;
        }
    }

    private String why() {
        return removed
                ? "an object lock or a legal hold keeps them, or this access key may not remove versions"
                        + " (s3:DeleteObjectVersion); the log names the answer, and the next pruning tries again"
                : "the bucket keeps versions until its lifecycle removes them, by a rule for noncurrent versions;"
                        + " dolmen.storage.retention.prune-versions=true lets pruning remove them";
    }
}
