package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.KeptVersions;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.StoredObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups as objects of a bucket, {@code <prefix>/<label>/<file>}. An object is proven when it was read back by this Dolmen
 * and no other has taken its place since.
 */
final class BucketStore implements BackupStore {
    private static final Logger LOG = LoggerFactory.getLogger(BucketStore.class);

    private final ObjectStore objects;
    private final StorageSettings settings;
    private final ProvenFiles proven;
    private final BucketVersions versions;

    BucketStore(ObjectStore objects, StorageSettings settings, ProvenFiles proven) {
        this.objects = objects;
        this.settings = settings;
        this.proven = proven;
        this.versions = new BucketVersions(objects, settings.pruneVersions());
    }

    @Override
    public String place() {
        return "s3://" + settings.bucket().orElseThrow() + "/" + settings.prefix();
    }

    @Override
    public String path(Label label, String name) {
        return key(label, name);
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public List<Label> labelsWith(String name) {
        String prefix = settings.key("");
        return objects.list(prefix).stream()
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

    @Override
    public List<String> names(Label label) {
        String home = key(label, "");
        return objects.list(home).stream()
                .map(key -> key.substring(home.length()))
                .toList();
    }

    @Override
    public OptionalLong size(Label label, String name) {
        return objects.find(key(label, name)).stream()
                .mapToLong(StoredObject::bytes)
                .findFirst();
    }

    @Override
    public InputStream open(Label label, String name) {
        try {
            return objects.read(key(label, name));
        } catch (NothingToRestore absent) {
            throw lacks(label, name, absent);
        }
    }

    @Override
    public InputStream open(Label label, String name, long offset, long length) {
        try {
            return objects.read(key(label, name), offset, length);
        } catch (NothingToRestore absent) {
            throw lacks(label, name, absent);
        }
    }

    private Damaged lacks(Label label, String name, NothingToRestore absent) {
        return new Damaged(
                place() + " lacks " + key(label, name) + ", which its backup needs",
                "Upload this backup again, if it is still here. Where the bucket keeps versions, it may still be there under a"
                        + " delete marker.",
                absent);
    }

    @Override
    public boolean isProven(Label label, Artifact content) {
        return stored(label, content)
                .filter(object -> proven.has(label, content.name(), receipt(object, content)))
                .isPresent();
    }

    /** The object, when it has the size of this content. */
    private Optional<StoredObject> stored(Label label, Artifact content) {
        return objects.find(key(label, content.name())).filter(object -> object.bytes() == content.bytes());
    }

    /** What is kept on record of an object that was read back: it changes with the content and with the object. */
    private static Checksum receipt(StoredObject object, Artifact content) {
        return Checksum.of(content.sha256().sha256() + "\n" + object.tag());
    }

    @Override
    public void prove(Label label, Artifact content, Meter meter) {
        doubt(label, content.name());
        Optional<StoredObject> before = stored(label, content);
        new ReadBack(this).compare(label, content, meter);
        before.ifPresent(object -> proven.add(label, content.name(), receipt(object, content)));
    }

    @Override
    public void doubt(Label label, String name) {
        proven.forget(label, name);
    }

    @Override
    public long put(Label label, Artifact content, Path file, Meter meter) {
        if (isProven(label, content) || isWhole(label, content, meter)) {
            return 0;
        }
        VouchedFile.requireSize(file, content, "Verify this backup, and upload another one.");
        long bytes = objects.put(file, content, key(label, content.name()), meter);
        LOG.info("sent {} of {} bytes of {} of {}", bytes, content.bytes(), content.name(), label);
        prove(label, content, meter);
        return bytes;
    }

    /** Whether it was sent before, by an attempt that perhaps ended before it was read back; reads it back now. */
    private boolean isWhole(Label label, Artifact content, Meter meter) {
        if (stored(label, content)
                .filter(object -> object.sha256().equals(Optional.of(content.sha256())))
                .isEmpty()) {
            return false;
        }
        try {
            prove(label, content, meter);
            meter.expect(-content.bytes());
            return true;
        } catch (Damaged damaged) {
            LOG.warn("{}; it is replaced", damaged.getMessage());
            meter.expect(content.bytes());
            return false;
        }
    }

    @Override
    public void put(Label label, String name, String text) {
        objects.put(key(label, name), text);
    }

    /**
     * The mark is there before the manifest goes, since files without both belong to an upload that goes on. Who may not
     * remove anything learns that before the mark comes.
     */
    @Override
    public void unpublish(Label label) {
        if (!has(label, Artifact.MANIFEST)) {
            return;
        }
        remove(label, MARK);
        put(label, MARK, MARK_TEXT);
        try {
            remove(label, Artifact.MANIFEST);
        } catch (StepFailure refused) {
            remove(label, MARK);
            throw refused;
        }
    }

    @Override
    public void remove(Label label, String name) {
        objects.delete(key(label, name));
        proven.forget(label, name);
    }

    @Override
    public void removeAll(Label label) {
        names(label).stream().filter(name -> !name.equals(MARK)).forEach(name -> remove(label, name));
        objects.abandon(key(label, ""), Instant.now());
        proven.forget(label);
        if (versions.remove(key(label, ""), Set.of(key(label, MARK)))) {
            removeMark(label);
        }
    }

    /** As long as a version is kept from going, the mark tells the next pruning to try again; its own may be kept longer. */
    private void removeMark(Label label) {
        if (!versions.areRemoved()) {
            remove(label, MARK);
        } else if (versions.remove(key(label, MARK), Set.of()) && has(label, MARK)) {
            remove(label, MARK);
        }
    }

    @Override
    public void removeAllBut(Label label, Set<String> names) {
        BackupStore.super.removeAllBut(label, names);
        versions.remove(key(label, ""), keys(label, names));
    }

    @Override
    public KeptVersions versions(Label label, Set<String> but) {
        return versions.of(key(label, ""), keys(label, but));
    }

    @Override
    public boolean removesVersions() {
        return versions.areRemoved();
    }

    private Set<String> keys(Label label, Set<String> names) {
        return names.stream().map(name -> key(label, name)).collect(Collectors.toSet());
    }

    private String key(Label label, String name) {
        return settings.key(label.text() + "/" + name);
    }
}
