package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.archive.Sums;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.StepFailure.Damaged;
import dolmen.settings.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files have arrived at a place and were found whole there: in the state folder, for each place and label a list of
 * checksums. For a place that cannot be read a file's own sum stands there, and a label whose list has the manifest was copied
 * whole; for a bucket it is a sum over content and stored object, so that another object of this name does not count.
 */
public final class ProvenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenFiles.class);

    private final Path folder;

    private ProvenFiles(Path folder, String place) {
        this.folder = folder.resolve(Checksum.of(place).sha256().substring(0, 12));
    }

    /** Those of a place for copies; {@code place} tells it from others, without secrets. */
    public static ProvenFiles ofCopies(Path state, String place) {
        return new ProvenFiles(state.resolve("copies"), place);
    }

    /** Those of a bucket. */
    static ProvenFiles ofBucket(Path state, StorageSettings bucket) {
        return new ProvenFiles(state.resolve("read-back"), bucket.identity());
    }

    /** Where the lists are. */
    public Path folder() {
        return folder;
    }

    /** Whether this is what is on record for a name. */
    boolean has(Label label, String name, Checksum sum) {
        return sum.equals(of(label).get(name));
    }

    /** Whether anything is on record for a name. */
    public boolean has(Label label, String name) {
        return of(label).containsKey(name);
    }

    /** The names that are on record, sorted. */
    List<String> names(Label label) {
        return List.copyOf(of(label).keySet());
    }

    /** The labels that have anything on record, oldest first. */
    List<Label> labels() {
        return SafeFiles.list(folder).stream()
                .filter(Files::isDirectory)
                .flatMap(path -> Catalog.label(path).stream())
                .sorted()
                .toList();
    }

    void add(Label label, String name, Checksum sum) {
        SortedMap<String, Checksum> sums = of(label);
        sums.put(name, sum);
        Sums.write(SafeFiles.folder(home(label)), sums);
    }

    void forget(Label label, String name) {
        SortedMap<String, Checksum> sums = of(label);
        if (sums.remove(name) != null) {
            Sums.write(home(label), sums);
        }
    }

    void forget(Label label) {
        SafeFiles.remove(home(label));
    }

    private SortedMap<String, Checksum> of(Label label) {
        if (!Files.exists(home(label).resolve(Artifact.SUMS))) {
            return new TreeMap<>();
        }
        try {
            return Sums.read(home(label));
        } catch (Damaged unreadable) {
            LOG.warn("what was sent of {} is looked at again: {}", label, unreadable.getMessage());
            return new TreeMap<>();
        }
    }

    private Path home(Label label) {
        return folder.resolve(label.text());
    }
}
