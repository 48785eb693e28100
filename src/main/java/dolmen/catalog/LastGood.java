package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.settings.Settings;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The newest good backup that this Dolmen took and that is not of the future, wherever it lies: in the catalog, or in the bucket alone. */
public final class LastGood {
    private final Catalog catalog;
    private final BucketRecords bucket;

    public LastGood(Catalog catalog, BucketRecords bucket) {
        this.catalog = catalog;
        this.bucket = bucket;
    }

    /** That of the places of the settings; by the clock it knows which backups are of the future. */
    public static LastGood of(Settings settings, Clock clock) {
        return new LastGood(
                new Catalog(settings.paths().catalog(), Optional.empty(), clock),
                new BucketRecords(settings.paths().state(), settings.storage(), clock));
    }

    /** The backup, if there is one; its folder may hold nothing but the manifest. */
    public Optional<Backup> find() {
        return Stream.concat(catalog.lastGood().stream(), bucket.lastGood().stream())
                .max(Comparator.comparing(backup -> backup.manifest().label()));
    }
}
