package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.archive.Sums;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files were copied to a place, so that nothing is sent twice: in the state folder, for each place and label a list
 * of checksums. A label whose list has the manifest was copied whole.
 */
public final class CopyRecords {
    private static final Logger LOG = LoggerFactory.getLogger(CopyRecords.class);

    private final Path folder;

    /** {@code place} tells the place from others, without secrets. */
    public CopyRecords(Path state, String place) {
        this.folder =
                state.resolve("copies").resolve(Checksum.of(place).sha256().substring(0, 12));
    }

    /** Where the lists are. */
    public Path folder() {
        return folder;
    }

    /** Whether a file of this name and content was copied. */
    public boolean has(Label label, Artifact file) {
        return file.sha256().equals(of(label).get(file.name()));
    }

    /** Whether any file of this name was copied. */
    public boolean has(Label label, String name) {
        return of(label).containsKey(name);
    }

    /** Remembers a file that has arrived. */
    public void add(Label label, Artifact file) {
        SortedMap<String, Checksum> sums = of(label);
        sums.put(file.name(), file.sha256());
        Sums.write(SafeFiles.folder(home(label)), sums);
    }

    private SortedMap<String, Checksum> of(Label label) {
        if (!Files.exists(home(label).resolve(Artifact.SUMS))) {
            return new TreeMap<>();
        }
        try {
            return Sums.read(home(label));
        } catch (Damaged unreadable) {
            LOG.warn("what was copied of {} is sent again: {}", label, unreadable.getMessage());
            return new TreeMap<>();
        }
    }

    private Path home(Label label) {
        return folder.resolve(label.text());
    }
}
