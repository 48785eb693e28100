package dolmen.pipeline;

import dolmen.archive.Digests;
import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.catalog.Catalog;
import dolmen.catalog.SafeFiles;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Unavailable;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    public RemoteCatalog(ObjectStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** What an upload did: bytes that were sent, of how many that the backup needs there. */
    public record Uploaded(long sent, long bytes) {}

    /** How a person calls the place. */
    public String place() {
        return "s3://" + settings.bucket().orElseThrow() + "/" + settings.prefix();
    }

    /** The labels of the complete backups, oldest first. */
    public List<Label> labels() {
        return labelsWith(Artifact.MANIFEST);
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
        List<Sent> sent = new ArrayList<>();
        for (Map.Entry<Label, ArchiveUse> use : manifest.archives().entrySet()) {
            if (!use.getKey().equals(manifest.label())) {
                Path file = catalog.resolve(use.getKey().text()).resolve(Artifact.SEGMENT_ARCHIVE);
                sent.add(send(file, use.getKey(), use.getValue().archive()));
                if (store.find(key(use.getKey(), Artifact.MANIFEST)).isEmpty()) {
                    mark(use.getKey());
                }
            }
        }
        for (Artifact artifact : manifest.artifacts()) {
            sent.add(send(backup.folder().resolve(artifact.name()), manifest.label(), artifact));
        }
        Path sums = backup.folder().resolve(Artifact.SUMS);
        sent.add(send(sums, manifest.label(), Digests.artifact(sums)));
        sent.stream()
                .filter(one -> one.bytes > 0 || one.label.equals(manifest.label()))
                .forEach(one -> readBack(one.label, one.content));
        Path last = backup.folder().resolve(Artifact.MANIFEST);
        Artifact content = Digests.artifact(last);
        sent.add(send(last, manifest.label(), content));
        readBack(manifest.label(), content);
        store.abandon(settings.key(""), Instant.now().minus(STALE));
        return new Uploaded(
                sent.stream().mapToLong(one -> one.bytes).sum(),
                sent.stream().mapToLong(one -> one.content.bytes()).sum());
    }

    /** Tells that what is there of this label without a manifest is only there for others. */
    void mark(Label label) {
        store.put(key(label, PRUNED), "{}\n");
    }

    private record Sent(Label label, Artifact content, long bytes) {}

    private Sent send(Path file, Label label, Artifact content) {
        requireSize(file, content);
        long bytes = store.put(file, content, key(label, content.name()));
        LOG.info("sent {} of {} bytes of {} of {}", bytes, content.bytes(), content.name(), label);
        return new Sent(label, content, bytes);
    }

    private static void requireSize(Path file, Artifact content) {
        try {
            if (Files.size(file) != content.bytes()) {
                throw new Damaged(
                        file + " has not the " + content.bytes() + " bytes that the manifest says",
                        "Verify this backup, and upload another one.");
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** Reads every object that a backup needs there and compares it; throws {@link Damaged} for the first difference. */
    public Manifest verify(Label label, Path scratch) {
        Manifest manifest = manifest(label, scratch);
        manifest.artifacts().forEach(artifact -> readBack(label, artifact));
        manifest.archives().forEach((other, use) -> {
            if (!other.equals(label)) {
                readBack(other, use.archive());
            }
        });
        return manifest;
    }

    private void readBack(Label label, Artifact expected) {
        copy(key(label, expected.name()), expected, (bytes, length) -> {});
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

    /** Fetches the files of a backup into a folder; what is there already is not fetched again. */
    public void fetch(Manifest manifest, Path folder) {
        for (Artifact artifact : manifest.artifacts()) {
            fetch(manifest.label(), artifact, folder.resolve(artifact.name()));
        }
        fetchSmall(manifest.label(), Artifact.SUMS, folder);
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
            return;
        }
        try (PartFile part = PartFile.create(file)) {
            OutputStream out = part.stream();
            copy(key(label, artifact.name()), artifact, (bytes, length) -> write(out, bytes, length, file));
            part.publish();
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
        LOG.info("fetched {} bytes of {} of {}", artifact.bytes(), artifact.name(), label);
    }

    /** Copies a range of a backup's segment archive to where the channel stands; its content is not compared with any sum. */
    void fetchRange(Label label, long offset, long length, WritableByteChannel target) throws IOException {
        String key = key(label, Artifact.SEGMENT_ARCHIVE);
        byte[] buffer = new byte[1 << 16];
        long left = length;
        try (InputStream content = store.read(key, offset, length)) {
            for (int done = read(content, buffer, key); done >= 0; done = read(content, buffer, key)) {
                target.write(ByteBuffer.wrap(buffer, 0, done));
                left -= done;
            }
        } catch (NothingToRestore absent) {
            throw lacks(key, absent);
        }
        if (left != 0) {
            throw new Unavailable("reading " + key + " from " + place() + " ended too early", "Repeat it.");
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length, Path file) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
    }

    private void copy(String key, Artifact expected, Sink out) {
        MessageDigest digest = Checksum.digest();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = open(key)) {
            for (int length = read(content, buffer, key); length >= 0; length = read(content, buffer, key)) {
                digest.update(buffer, 0, length);
                out.write(buffer, length);
                bytes += length;
            }
        } catch (IOException refused) {
            throw new Unavailable("closing " + key + " broke: " + refused.getMessage(), "Repeat it.", refused);
        }
        if (bytes != expected.bytes() || !Checksum.of(digest).equals(expected.sha256())) {
            throw new Damaged(
                    key + " in " + place() + " is not what its manifest says",
                    "Remove it there, and upload this backup again if it is still here.");
        }
    }

    /** Where content goes to; throws failures that name it. */
    private interface Sink {
        void write(byte[] bytes, int length);
    }

    private InputStream open(String key) {
        try {
            return store.read(key);
        } catch (NothingToRestore absent) {
            throw lacks(key, absent);
        }
    }

    private Damaged lacks(String key, NothingToRestore absent) {
        return new Damaged(
                place() + " lacks " + key + ", which its backup needs",
                "Upload this backup again, if it is still here.",
                absent);
    }

    private int read(InputStream content, byte[] buffer, String key) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            throw new Unavailable(
                    "reading " + key + " from " + place() + " broke: " + broken.getMessage(), "Repeat it.", broken);
        }
    }

    private String key(Label label, String name) {
        return settings.key(label.text() + "/" + name);
    }
}
