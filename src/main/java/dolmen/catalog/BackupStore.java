package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.KeptVersions;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A place with backups, each {@code <label>/<file>}. A backup is there when its manifest is, which comes last and goes
 * first. Every method is repeatable, and throws {@code Unavailable} when the place does not answer, which may pass, and
 * {@code Failed} when it refuses; then nothing is changed but what its Javadoc says.
 */
public interface BackupStore {
    /** What tells that a backup was pruned, or that only its segment archive was ever wanted. */
    String MARK = "pruned.json";

    /** What a mark holds when it is no manifest of before. */
    String MARK_TEXT = "{}\n";

    /** How a person calls the place. */
    String place();

    /** Whether what is there can be read, not only sent. A place where it cannot knows by its records what is there. */
    boolean isReadable();

    /** The labels that have a file of this name, oldest first. */
    List<Label> labelsWith(String name);

    /** The names of the files of a label, sorted. */
    List<String> names(Label label);

    /** The size of a file; empty when there is none. */
    OptionalLong size(Label label, String name);

    /** A file's content; the caller closes it. Throws {@link Damaged} when there is none, {@link Refused} when the place cannot be read. */
    InputStream open(Label label, String name);

    /** So many bytes of a file from an offset on; the rest as {@link #open(Label, String)}. */
    InputStream open(Label label, String name, long offset, long length);

    /** Whether a file is there that was read back, or acknowledged where nothing can be read, and was exactly this one. */
    boolean isProven(Label label, Artifact content);

    /**
     * Reads a file to its end, and counts what is read; from then on it is proven. Throws {@link Damaged} when it is not this one;
     * then it is not proven any more.
     */
    void prove(Label label, Artifact content, Meter meter);

    /** Whatever was known of this file, it is read again before it counts. */
    void doubt(Label label, String name);

    /**
     * Sends a file, in place of one that is there, and proves it. One that is proven is not sent, and one that is there
     * unproven is read first. Counts what is sent and what is read, and returns the bytes that were sent. Throws
     * {@link Damaged} when the file here has not the size of this content, and when what was read back is not this content.
     */
    long put(Label label, Artifact content, Path file, Meter meter);

    /** Stores a small file, in place of one that is there. */
    void put(Label label, String name, String text);

    /** Ends a backup: it is none any more, all of its files are still there, and it is marked. When it fails the backup is whole, without a mark. */
    void unpublish(Label label);

    /** Removes a file; nothing happens when there is none. */
    void remove(Label label, String name);

    /** Removes all of a label without a manifest; stopped in between, what is left is still known to be marked. */
    void removeAll(Label label);

    /** Removes all of a label but these files. */
    default void removeAllBut(Label label, Set<String> names) {
        names(label).stream().filter(name -> !names.contains(name)).forEach(name -> remove(label, name));
    }

    /**
     * The versions that the place has of a label's files but these, whether they are there now or were removed; none where
     * what is removed is gone. Throws {@code Failed} when they have to be removed too and cannot be seen.
     */
    default KeptVersions versions(Label label, Set<String> but) {
        return KeptVersions.NONE;
    }

    /** Whether {@link #removeAll} and {@link #removeAllBut} remove versions too, as far as the place lets them go. */
    default boolean removesVersions() {
        return false;
    }

    /** How a person calls a file there. */
    default String path(Label label, String name) {
        return label + "/" + name;
    }

    /** The labels of the complete backups, oldest first. */
    default List<Label> labels() {
        return labelsWith(Artifact.MANIFEST);
    }

    /** Whether there is a file of this name. */
    default boolean has(Label label, String name) {
        return size(label, name).isPresent();
    }

    /** Whether there is a file of this name and size; it is not read. */
    default boolean holds(Label label, Artifact content) {
        OptionalLong size = size(label, content.name());
        return size.isPresent() && size.getAsLong() == content.bytes();
    }
}
