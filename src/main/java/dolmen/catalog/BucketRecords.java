package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StepFailure;
import dolmen.model.Verdict;
import dolmen.settings.StorageSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups that this Dolmen has brought to its bucket and that were there when it last looked: their manifests, in the
 * state folder, so that nobody has to ask the bucket. What cannot be written is logged and makes nothing fail, since the
 * bucket itself is what counts.
 */
public final class BucketRecords implements SentRecords {
    private static final Logger LOG = LoggerFactory.getLogger(BucketRecords.class);

    private final Catalog records;
    private final ProvenFiles proven;
    private final BegunTransfers begun;

    /** Those of the bucket and prefix of the settings; none where no bucket is set. */
    public BucketRecords(Path state, StorageSettings bucket) {
        this(state, bucket, Clock.systemUTC());
    }

    /** {@code clock} tells which backups are of the future. */
    public BucketRecords(Path state, StorageSettings bucket, Clock clock) {
        this.records = new Catalog(
                state.resolve("in-bucket")
                        .resolve(Checksum.of(bucket.identity()).sha256().substring(0, 12)),
                Optional.empty(),
                clock);
        this.proven = ProvenFiles.ofBucket(state, bucket);
        this.begun = new BegunTransfers(state.resolve("begun-in-bucket")
                .resolve(Checksum.of(bucket.identity()).sha256().substring(0, 12)));
    }

    /** Which backups were begun there. */
    BegunTransfers begun() {
        return begun;
    }

    /** Which objects were read back there. */
    ProvenFiles proven() {
        return proven;
    }

    /** Records that a backup is there, and the verdicts about it. */
    public void add(Manifest manifest, List<Verdict> verdicts) {
        keep(() -> records.write(SafeFiles.folder(home(manifest.label())), manifest));
        set(manifest.label(), verdicts);
    }

    /** Replaces what is recorded of a backup there by these verdicts. */
    public void set(Label label, List<Verdict> verdicts) {
        keep(() -> {
            if (records.labels().contains(label)) {
                SafeFiles.remove(home(label).resolve(Artifact.VERDICTS));
                verdicts.forEach(verdict -> Verdicts.add(home(label), verdict));
            }
        });
    }

    /** Records that a backup is not there any more. */
    public void remove(Label label) {
        keep(() -> SafeFiles.remove(home(label)));
    }

    /** Removes the records of all backups but these, which are all that are there. */
    public void keepOnly(Collection<Label> there) {
        records.labels().stream().filter(label -> !there.contains(label)).forEach(this::remove);
    }

    /** Whether this manifest is there, and each file that it needs is on record as read back. */
    @Override
    public boolean holds(Backup backup) {
        Manifest manifest = backup.manifest();
        return readable(manifest.label())
                        .filter(there -> there.manifest().equals(manifest))
                        .isPresent()
                && proven.has(manifest.label(), Artifact.MANIFEST)
                && SentRecords.all(manifest, (label, content) -> proven.has(label, content.name()));
    }

    @Override
    public void begin(Label label) {
        begun.begin(label);
    }

    @Override
    public boolean isBegun(Label label) {
        return begun.labels().contains(label);
    }

    /** The labels, oldest first. */
    @Override
    public List<Label> labels() {
        return records.labels();
    }

    /** One of them; its folder holds nothing but the manifest. Throws {@link StepFailure} when that cannot be read. */
    public Backup find(Label label) {
        return records.find(label);
    }

    /** This one, when it is there and can be read. */
    Optional<Backup> readable(Label label) {
        return records.readable(label);
    }

    private Path home(Label label) {
        return records.folder().resolve(label.text());
    }

    private static void keep(Runnable change) {
        try {
            change.run();
        } catch (StepFailure unwritable) {
            LOG.warn(
                    "the status page may be wrong about the bucket: {} HINT: {}",
                    unwritable.getMessage(),
                    unwritable.hint());
        }
    }
}
