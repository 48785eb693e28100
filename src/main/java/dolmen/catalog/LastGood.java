package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.StackIdentity;
import dolmen.settings.Settings;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The newest good backup of this Dolmen's stack that is not of the future, wherever it lies: in the catalog, or in the bucket alone. */
public final class LastGood {
    private final Catalog catalog;
    private final BucketRecords bucket;
    private final OwnBackups own;

    public LastGood(Catalog catalog, BucketRecords bucket, OwnBackups own) {
        this.catalog = catalog;
        this.bucket = bucket;
        this.own = own;
    }

    /** That of the places of the settings; by the clock it knows which backups are of the future. */
    public static LastGood of(Settings settings, Clock clock) {
        return new LastGood(
                new Catalog(settings.paths().catalog(), Optional.empty(), clock),
                new BucketRecords(settings.paths().state(), settings.storage(), clock),
                new OwnBackups(OwnStack.of(settings)));
    }

    /** The backup, if there is one; its folder may hold nothing but the manifest. */
    public Optional<Backup> find() {
        return own.newest(this::newestFirst);
    }

    /** For a stack that is known already. */
    public Optional<Backup> of(StackIdentity stack) {
        return OwnBackups.newestOf(stack, newestFirst());
    }

    private Stream<Backup> newestFirst() {
        TreeSet<Label> labels = new TreeSet<>(catalog.labels());
        labels.addAll(bucket.labels());
        return new GoodBackups(catalog.ahead())
                .newestFirst(labels, label -> catalog.readable(label).or(() -> bucket.readable(label)));
    }
}
