package dolmen.catalog;

import dolmen.archive.FileFailures;
import dolmen.model.Artifact;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the catalog that is about to leave it. */
final class VouchedFile {
    private VouchedFile() {}

    /** Throws {@link Damaged} when it has not the size that the manifest says. */
    static void requireSize(Path file, Artifact content, String hint) {
        try {
            if (Files.size(file) != content.bytes()) {
                throw new Damaged(file + " has not the " + content.bytes() + " bytes that the manifest says", hint);
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }
}
