package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.SafeFiles;
import dolmen.archive.TarTarget;
import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups in a bucket, and what this Dolmen remembers of them. */
public final class RemoteCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCatalog.class);

    /** An interrupted upload that nobody went on with for so long is given up. */
    private static final Duration STALE = Duration.ofDays(7);

    private static final int LARGEST = 64 << 20;

    private final ObjectStore objects;
    private final StorageSettings settings;
    private final BackupStore store;
    private final ReadBack contents;
    private final BucketRecords records;
    private final StoredVerdicts verdicts;

    public RemoteCatalog(ObjectStore objects, StorageSettings settings, BucketRecords records) {
        this.objects = objects;
        this.settings = settings;
        this.store = new BucketStore(objects, settings, records.proven());
        this.contents = new ReadBack(store);
        this.records = records;
        this.verdicts = new StoredVerdicts(store, records::set);
    }

    /** How a person calls the place. */
    public String place() {
        return store.place();
    }

    /** What was found out about these backups later. */
    public StoredVerdicts verdicts() {
        return verdicts;
    }

    /** The labels of the complete backups, oldest first. */
    public List<Label> labels() {
        List<Label> labels = store.labels();
        records.keepOnly(labels);
        return labels;
    }

    /** As pruning sees them; {@code scratch} is a folder for manifests. */
    PrunableBackups prunable(Catalog catalog, Path scratch) {
        return new PrunableBackups(
                store, () -> all(scratch.resolve("remote")), () -> LostArchives.of(catalog), records::remove);
    }

    private List<Backup> all(Path folder) {
        SafeFiles.folder(folder);
        try {
            return labels().stream().map(label -> find(label, folder)).toList();
        } finally {
            SafeFiles.remove(folder);
        }
    }

    /**
     * Sends what is not proven there yet of a backup and of the archives that it needs, and the manifest last. What is
     * sent and read back is counted. Repeatable. Throws {@link Damaged} when a file here or there is not what the manifest vouches
     * for.
     */
    public Sent upload(Backup backup, Path catalog, Meter meter) {
        return published(backup, new BackupSender(store, meter).send(backup, catalog));
    }

    /** Ends a backup whose segment archive came while it was made, and whose other files lie in its folder. */
    Sent complete(Backup backup, Meter meter) {
        return published(backup, new BackupSender(store, meter).complete(backup));
    }

    private Sent published(Backup backup, Sent sent) {
        Label label = backup.manifest().label();
        records.add(backup.manifest(), verdicts.of(label));
        records.begun().end(label);
        objects.abandon(settings.key(""), Instant.now().minus(STALE));
        return sent;
    }

    /** Whether the segment archive of a backup is there and sound, as an incremental backup builds on it; read when it was not before. */
    boolean isSound(Label label, Artifact archive, Meter meter) {
        if (!store.holds(label, archive) || verdicts.isDamaged(label)) {
            return false;
        }
        try {
            if (!store.isProven(label, archive)) {
                store.prove(label, archive, meter);
            }
            return true;
        } catch (Damaged found) {
            LOG.warn("passed over the archive of {}: {}", label, found.getMessage());
            return false;
        }
    }

    /** Whether an artifact of a backup is there with its size; it is not read. */
    boolean holds(Label label, Artifact artifact) {
        return store.holds(label, artifact);
    }

    /** The archive of a backup that is made now: it is sent while it is made. */
    TarTarget archive(Label label) {
        return new RemoteArchive(
                objects, settings.key(label.text() + "/" + Artifact.SEGMENT_ARCHIVE), () -> beginUpload(label));
    }

    private void beginUpload(Label label) {
        requireNone(label);
        records.begun().begin(label);
    }

    /** The backups that were begun there, and of which nobody knows yet whether they became complete. */
    BegunTransfers begun() {
        return records.begun();
    }

    private void requireNone(Label label) {
        if (store.has(label, Artifact.MANIFEST)) {
            throw new Refused(
                    "there is a backup " + label + " in " + place() + " already",
                    "Give each stack a prefix of its own (dolmen.storage.prefix), and set this machine's clock.");
        }
    }

    /**
     * Checks what fetching and restoring a backup needs of the bucket, and reads and counts every object; throws {@link Damaged} for the
     * first that is not as it should be.
     */
    public Manifest verify(Label label, Path scratch, Meter meter) {
        Manifest manifest = vouched(label, scratch);
        verdicts.of(label);
        meter.expect(manifest.bytes() + manifest.bytesOfOthers());
        manifest.artifacts().forEach(artifact -> store.prove(label, artifact, meter));
        manifest.archives().forEach((other, use) -> {
            if (!other.equals(label)) {
                store.prove(other, use.archive(), meter);
            }
        });
        return manifest;
    }

    /** Fetches the manifest of a backup into a folder of this machine. */
    public Manifest manifest(Label label, Path folder) {
        fetchSmall(label, Artifact.MANIFEST, folder);
        Manifest manifest = Catalog.manifestIn(folder).orElseThrow();
        if (!manifest.label().equals(label)) {
            throw new Damaged(
                    "the manifest of " + label + " in " + place() + " is that of " + manifest.label(),
                    "Use another backup.");
        }
        return manifest;
    }

    /** Fetches the manifest and the list of sums, which must agree. */
    Manifest vouched(Label label, Path folder) {
        Manifest manifest = manifest(label, folder);
        fetchSmall(label, Artifact.SUMS, folder);
        FileCheck.requireSums("backup " + label + " in " + place(), folder, manifest);
        return manifest;
    }

    /** Also fetches what was found out about it later, into that folder. */
    public Backup find(Label label, Path folder) {
        Manifest manifest = manifest(label, folder);
        verdicts.fetch(label, folder);
        return new Backup(folder, manifest, Verdicts.in(folder));
    }

    /** Fetches and counts the files of a backup into a folder; what is there already is not fetched again. */
    public void fetch(Manifest manifest, Path folder, Meter meter) {
        for (Artifact artifact : manifest.artifacts()) {
            fetch(manifest.label(), artifact, folder.resolve(artifact.name()), meter);
        }
        verdicts.fetch(manifest.label(), folder);
    }

    private void fetchSmall(Label label, String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream content = store.open(label, name)) {
            SafeFiles.write(file, content.readNBytes(LARGEST));
        } catch (IOException broken) {
            throw new Unavailable(
                    "reading " + name + " of " + label + " from " + place() + " broke: " + broken.getMessage(),
                    "Repeat it.",
                    broken);
        }
    }

    /** Fetches and counts one artifact of a backup; one that is there already is not expected any more. */
    public void fetch(Label label, Artifact artifact, Path file, Meter meter) {
        if (Files.isRegularFile(file) && Digests.artifact(file).sha256().equals(artifact.sha256())) {
            meter.expect(-artifact.bytes());
            return;
        }
        contents.fetch(label, artifact, file, meter);
        LOG.info("fetched {} bytes of {} of {}", artifact.bytes(), artifact.name(), label);
    }

    /** Copies and counts a range of a backup's segment archive to where the channel stands; its content is not compared with any sum. */
    void fetchRange(Label label, long offset, long length, WritableByteChannel target, Meter meter) throws IOException {
        contents.copyRange(label, offset, length, target, meter);
    }
}
