package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A catalog as pruning sees it. What is left of a backup that ended is a folder with {@code pruned.json} in place of the
 * manifest, and the segment archive as long as others need it.
 */
public final class PrunedBackups implements Prunable {
    /** What the manifest of an unpublished backup is called. */
    private static final String PRUNED = "pruned.json";

    private final Catalog catalog;

    public PrunedBackups(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<Backup> backups() {
        return catalog.list();
    }

    @Override
    public void unpublish(Label label) {
        Path home = catalog.folder().resolve(label.text());
        if (Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            SafeFiles.move(home.resolve(Artifact.MANIFEST), home.resolve(PRUNED));
        }
    }

    /**
     * The folder for what others need of a backup that is not here itself. It is never there without the mark that tells so:
     * killed in between, it goes with the next staging.
     */
    public Path folderForOthers(Label label) {
        Path home = catalog.folder().resolve(label.text());
        if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
                mark(home);
            }
            return home;
        }
        Path made = catalog.staging().resolve(label.text());
        SafeFiles.remove(made);
        SafeFiles.folder(made);
        mark(made);
        SafeFiles.move(made, home);
        return home;
    }

    private static void mark(Path home) {
        SafeFiles.write(home.resolve(PRUNED), "{}\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a folder of the catalog holds only what others need of a backup. */
    static boolean isPruned(Path home) {
        return Files.exists(home.resolve(PRUNED), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(home.resolve(Artifact.MANIFEST), LinkOption.NOFOLLOW_LINKS);
    }

    /** The backup is there again. */
    static void unmark(Path home) {
        SafeFiles.remove(home.resolve(PRUNED));
    }

    @Override
    public List<Label> prunedLabels() {
        return SafeFiles.list(catalog.folder()).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .filter(PrunedBackups::isPruned)
                .flatMap(path -> Catalog.label(path).stream())
                .sorted()
                .toList();
    }

    @Override
    public long archiveBytes(Label label) {
        try {
            return SafeFiles.size(catalog.folder().resolve(label.text()).resolve(Artifact.SEGMENT_ARCHIVE));
        } catch (IOException absent) {
            return 0;
        }
    }

    @Override
    public void keepArchiveOnly(Label label) {
        SafeFiles.list(catalog.folder().resolve(label.text())).stream()
                .filter(path -> !Set.of(PRUNED, Artifact.SEGMENT_ARCHIVE)
                        .contains(path.getFileName().toString()))
                .forEach(SafeFiles::remove);
    }

    /** Killed in between, the rest goes with the next staging. */
    @Override
    public void remove(Label label) {
        Path gone = SafeFiles.folder(catalog.staging()).resolve(label.text());
        SafeFiles.remove(gone);
        SafeFiles.move(catalog.folder().resolve(label.text()), gone);
        SafeFiles.remove(gone);
    }
}
