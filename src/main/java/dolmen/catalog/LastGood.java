package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest good backup that this Dolmen took, wherever it lies: in the catalog, or in the bucket alone. Of the last one of
 * these the state folder has the manifest, so that nobody has to ask the bucket.
 */
public final class LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Catalog catalog;
    private final Path folder;

    public LastGood(Catalog catalog, Path state) {
        this.catalog = catalog;
        this.folder = state.resolve("in-bucket");
    }

    /** Keeps the manifest of a backup that lies in the bucket alone, in place of the one before. */
    public void remember(Manifest manifest) {
        catalog.write(SafeFiles.folder(folder), manifest);
    }

    /** The backup, if there is one; its folder may hold nothing but the manifest. */
    public Optional<Backup> find() {
        return Stream.concat(catalog.lastGood().stream(), inBucket().stream())
                .max(Comparator.comparing(backup -> backup.manifest().label()));
    }

    /** The last of those that lie in the bucket alone. */
    public Optional<Backup> inBucket() {
        try {
            return Catalog.manifestIn(folder)
                    .filter(manifest -> manifest.verdict().equals(Manifest.VERIFIED))
                    .map(manifest -> new Backup(folder, manifest));
        } catch (Damaged unreadable) {
            LOG.warn("passed over {}: {}", folder, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
