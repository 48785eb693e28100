package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.SafeFiles;
import dolmen.archive.TarTarget;
import dolmen.model.ArchiveUse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups in a bucket: {@code <prefix>/<label>/<file>}, the files as they are in the catalog. The manifest comes last
 * and goes first, so its presence means that the backup is complete.
 */
public final class RemoteCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCatalog.class);

    /** What tells that a backup there was pruned, or that only its archive was ever wanted. */
    static final String PRUNED = "pruned.json";

    /** An interrupted upload that nobody went on with for so long is given up. */
    private static final Duration STALE = Duration.ofDays(7);

    private static final int LARGEST = 64 << 20;

    private final ObjectStore store;
    private final StorageSettings settings;
    private final CheckedObjects objects;
    private final Supplier<Meter> meters;
    private final BucketRecords records;
    private final RemoteVerdicts verdicts;

    public RemoteCatalog(ObjectStore store, StorageSettings settings, Supplier<Meter> meters, BucketRecords records) {
        this.store = store;
        this.settings = settings;
        this.objects = new CheckedObjects(store, place());
        this.meters = meters;
        this.records = records;
        this.verdicts = new RemoteVerdicts(store, settings, records);
    }

    /** What an upload did: bytes that were sent, of how many that the backup needs there. */
    public record Uploaded(long sent, long bytes) {}

    /** How a person calls the place. */
    public String place() {
        return "s3://" + settings.bucket().orElseThrow() + "/" + settings.prefix();
    }

    /** What was found out about these backups later. */
    public RemoteVerdicts verdicts() {
        return verdicts;
    }

    /** The labels of the complete backups, oldest first. */
    public List<Label> labels() {
        List<Label> labels = labelsWith(Artifact.MANIFEST);
        records.keepOnly(labels);
        return labels;
    }

    /** The labels that have a file of this name. */
    List<Label> labelsWith(String name) {
        String prefix = settings.key("");
        return store.list(prefix).stream()
                .filter(key -> key.endsWith("/" + name))
                .map(key -> key.substring(prefix.length(), key.length() - name.length() - 1))
                .flatMap(text -> label(text).stream())
                .sorted()
                .toList();
    }

    private static Optional<Label> label(String name) {
        try {
            return Optional.of(new Label(name));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * Sends what is not there yet of a backup and of the archives that it needs, reads back what it sent and all of the
     * backup's own files, and sends the manifest last. Repeatable. Throws {@link Damaged} when a file here or there is not
     * what the manifest vouches for.
     */
    public Uploaded upload(Backup backup, Path catalog) {
        Manifest manifest = backup.manifest();
        TakenLabel.require(store, key(manifest.label(), Artifact.MANIFEST), manifest);
        expect(2 * manifest.bytes() + manifest.bytesOfOthers());
        List<Sent> sent = new ArrayList<>();
        for (Map.Entry<Label, ArchiveUse> use : manifest.archives().entrySet()) {
            if (!use.getKey().equals(manifest.label())) {
                Path file = catalog.resolve(use.getKey().text()).resolve(Artifact.SEGMENT_ARCHIVE);
                Sent other = send(file, use.getKey(), use.getValue().archive());
                expect(other.bytes);
                sent.add(other);
                if (store.find(key(use.getKey(), Artifact.MANIFEST)).isEmpty()) {
                    mark(use.getKey());
                }
            }
        }
        for (Artifact artifact : manifest.artifacts()) {
            sent.add(send(backup.folder().resolve(artifact.name()), manifest.label(), artifact));
        }
        return publish(backup, sent);
    }

    /**
     * The same for a backup whose segment archive came while it was made, and whose other files lie in its folder. The
     * archives of other backups that it needs must be there.
     */
    public Uploaded complete(Backup backup) {
        Manifest manifest = backup.manifest();
        List<Sent> sent = new ArrayList<>();
        manifest.archives().forEach((label, use) -> requireThere(label, use.archive()));
        expect(manifest.bytes() + manifest.bytesWithout(Artifact.SEGMENT_ARCHIVE));
        for (Artifact artifact : manifest.artifacts()) {
            sent.add(
                    artifact.name().equals(Artifact.SEGMENT_ARCHIVE)
                            ? new Sent(manifest.label(), artifact, artifact.bytes())
                            : send(backup.folder().resolve(artifact.name()), manifest.label(), artifact));
        }
        return publish(backup, sent);
    }

    private void requireThere(Label label, Artifact archive) {
        if (!holds(label, archive)) {
            throw new Damaged(
                    place() + " lacks " + key(label, archive.name()) + " of " + archive.bytes()
                            + " bytes, which this backup needs",
                    "Was it removed meanwhile? Take a full backup: `dolmen backup --full`.");
        }
    }

    private Uploaded publish(Backup backup, List<Sent> sent) {
        Manifest manifest = backup.manifest();
        Path sums = backup.folder().resolve(Artifact.SUMS);
        sent.add(send(sums, manifest.label(), Digests.artifact(sums)));
        boolean doubted = !verdicts.of(manifest.label()).isEmpty();
        sent.stream()
                .filter(one -> one.bytes > 0 || doubted || one.label.equals(manifest.label()))
                .forEach(one -> readBack(one.label, one.content));
        verdicts.replace(manifest.label(), backup.folder());
        Path last = backup.folder().resolve(Artifact.MANIFEST);
        Artifact content = Digests.artifact(last);
        sent.add(send(last, manifest.label(), content));
        readBack(manifest.label(), content);
        records.add(manifest, verdicts.of(manifest.label()));
        store.abandon(settings.key(""), Instant.now().minus(STALE));
        return new Uploaded(
                sent.stream().mapToLong(one -> one.bytes).sum(),
                sent.stream().mapToLong(one -> one.content.bytes()).sum());
    }

    /** The backup ends here; its files stay, marked. */
    void unpublish(Label label) {
        mark(label);
        store.delete(key(label, Artifact.MANIFEST));
        records.remove(label);
    }

    /** Tells that what is there of this label without a manifest is only there for others. */
    void mark(Label label) {
        store.put(key(label, PRUNED), "{}\n");
    }

    /** Whether an artifact of a backup is there with its size; it is not read. */
    boolean holds(Label label, Artifact artifact) {
        return store.find(key(label, artifact.name()))
                .filter(there -> there.bytes() == artifact.bytes())
                .isPresent();
    }

    /** The archive of a backup that is made now: it is sent while it is made. */
    TarTarget archive(Label label) {
        return new RemoteArchive(store, key(label, Artifact.SEGMENT_ARCHIVE), () -> requireNone(label));
    }

    private void requireNone(Label label) {
        if (store.find(key(label, Artifact.MANIFEST)).isPresent()) {
            throw new Refused(
                    "there is a backup " + label + " in " + place() + " already",
                    "Give each stack a prefix of its own (dolmen.storage.prefix), and set this machine's clock.");
        }
    }

    private record Sent(Label label, Artifact content, long bytes) {}

    private Sent send(Path file, Label label, Artifact content) {
        VouchedFile.requireSize(file, content, "Verify this backup, and upload another one.");
        long bytes = store.put(file, content, key(label, content.name()));
        LOG.info("sent {} of {} bytes of {} of {}", bytes, content.bytes(), content.name(), label);
        return new Sent(label, content, bytes);
    }

    /** Reads every object that a backup needs there and compares it; throws {@link Damaged} for the first difference. */
    public Manifest verify(Label label, Path scratch) {
        Manifest manifest = manifest(label, scratch);
        expect(manifest.bytes() + manifest.bytesOfOthers());
        manifest.artifacts().forEach(artifact -> readBack(label, artifact));
        manifest.archives().forEach((other, use) -> {
            if (!other.equals(label)) {
                readBack(other, use.archive());
            }
        });
        return manifest;
    }

    /** So many bytes are to be sent or read. */
    void expect(long bytes) {
        meters.get().expect(bytes);
    }

    private void readBack(Label label, Artifact expected) {
        objects.copy(key(label, expected.name()), expected, (bytes, length) -> {});
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

    /** The same with what was found out about it later, which comes into that folder, too. */
    public Backup find(Label label, Path folder) {
        Manifest manifest = manifest(label, folder);
        verdicts.fetch(label, folder);
        return new Backup(folder, manifest, Verdicts.in(folder));
    }

    /** Fetches the files of a backup into a folder; what is there already is not fetched again. */
    public void fetch(Manifest manifest, Path folder) {
        for (Artifact artifact : manifest.artifacts()) {
            fetch(manifest.label(), artifact, folder.resolve(artifact.name()));
        }
        fetchSmall(manifest.label(), Artifact.SUMS, folder);
        verdicts.fetch(manifest.label(), folder);
    }

    private void fetchSmall(Label label, String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream content = store.read(key(label, name))) {
            SafeFiles.write(file, content.readNBytes(LARGEST));
        } catch (IOException broken) {
            throw new Unavailable(
                    "reading " + name + " of " + label + " from " + place() + " broke: " + broken.getMessage(),
                    "Repeat it.",
                    broken);
        }
    }

    /** Fetches one artifact of a backup. */
    public void fetch(Label label, Artifact artifact, Path file) {
        if (Files.isRegularFile(file) && Digests.artifact(file).sha256().equals(artifact.sha256())) {
            expect(-artifact.bytes());
            return;
        }
        objects.fetch(key(label, artifact.name()), artifact, file);
        LOG.info("fetched {} bytes of {} of {}", artifact.bytes(), artifact.name(), label);
    }

    /** Copies a range of a backup's segment archive to where the channel stands; its content is not compared with any sum. */
    void fetchRange(Label label, long offset, long length, WritableByteChannel target) throws IOException {
        objects.copyRange(key(label, Artifact.SEGMENT_ARCHIVE), offset, length, target);
    }

    private String key(Label label, String name) {
        return settings.key(label.text() + "/" + name);
    }
}
