package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Label;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The labels of which files may lie in a bucket, or in a place for copies, without a manifest: a label is recorded in the state
 * folder before the first file is sent, and removed when the backup is complete there or what was left of it was removed.
 */
final class BegunTransfers {
    private final Path folder;

    /** {@code folder} is that of one bucket. */
    BegunTransfers(Path folder) {
        this.folder = folder;
    }

    void begin(Label label) {
        SafeFiles.write(SafeFiles.folder(folder).resolve(label.text()), "".getBytes(StandardCharsets.UTF_8));
    }

    void end(Label label) {
        SafeFiles.remove(folder.resolve(label.text()));
    }

    /** Oldest first. */
    List<Label> labels() {
        return SafeFiles.list(folder).stream()
                .flatMap(path -> Catalog.label(path).stream())
                .sorted()
                .toList();
    }
}
