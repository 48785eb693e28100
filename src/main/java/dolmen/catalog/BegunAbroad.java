package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Label;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The labels of which something may lie in the bucket without a manifest, since a backup was begun there: written down in the
 * state folder before anything is sent, and struck out when the backup is complete or what it left was removed.
 */
final class BegunAbroad {
    private final Path folder;

    /** {@code folder} is that of one bucket. */
    BegunAbroad(Path folder) {
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
