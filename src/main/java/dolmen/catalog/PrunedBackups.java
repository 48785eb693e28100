package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is left in a catalog of backups that ended: a folder with {@code pruned.json} in place of the manifest, and the
 * segment archive as long as others need it.
 */
public final class PrunedBackups {
    /** What the manifest of an unpublished backup is called. */
    private static final String PRUNED = "pruned.json";

    private final Catalog catalog;

    public PrunedBackups(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Ends a backup: its manifest gets another name, and its folder is no backup any more. Repeatable. */
    public void unpublish(Label label) {
        Path home = catalog.folder().resolve(label.text());
        if (Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            SafeFiles.move(home.resolve(Artifact.MANIFEST), home.resolve(PRUNED));
        }
    }

    /** Tells that a folder without a manifest holds only what others need of a backup. */
    public void mark(Label label) {
        SafeFiles.write(
                catalog.folder().resolve(label.text()).resolve(PRUNED), "{}\n".getBytes(StandardCharsets.UTF_8));
    }

    /** The backups that were unpublished and of which something is still there, oldest first. */
    public List<Label> labels() {
        return SafeFiles.list(catalog.folder()).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .filter(path -> Files.exists(path.resolve(PRUNED), LinkOption.NOFOLLOW_LINKS)
                        && !Files.exists(path.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS))
                .flatMap(path -> Catalog.label(path).stream())
                .sorted()
                .toList();
    }

    /** The bytes of the segment archive that a backup of this label left. */
    public long archiveBytes(Label label) {
        try {
            return SafeFiles.size(catalog.folder().resolve(label.text()).resolve(Artifact.SEGMENT_ARCHIVE));
        } catch (IOException absent) {
            return 0;
        }
    }

    /** Removes all of an unpublished backup but its segment archive and what its manifest said. */
    public void keepArchiveOnly(Label label) {
        SafeFiles.list(catalog.folder().resolve(label.text())).stream()
                .filter(path -> !Set.of(PRUNED, Artifact.SEGMENT_ARCHIVE)
                        .contains(path.getFileName().toString()))
                .forEach(SafeFiles::remove);
    }

    /** Removes all of an unpublished backup; killed in between, the rest goes with the next staging. */
    public void remove(Label label) {
        Path gone = SafeFiles.folder(catalog.staging()).resolve(label.text());
        SafeFiles.remove(gone);
        SafeFiles.move(catalog.folder().resolve(label.text()), gone);
        SafeFiles.remove(gone);
    }
}
