package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.BackupChoice;
import dolmen.model.BackupContents;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the folder that a run is about: a backup of the catalog, or a folder with a script's files. */
public final class BackupFolders {
    private final Catalog catalog;
    private final OwnBackups own;

    /** {@code own} chooses when none is named. */
    public BackupFolders(Catalog catalog, OwnBackups own) {
        this.catalog = catalog;
        this.own = own;
    }

    /** The folder and its manifest, nothing else read; throws {@link NothingToRestore} when there is none. */
    public BackupContents find(RunRequest request) {
        BackupChoice chosen = request.backup();
        if (chosen.from().isPresent()) {
            Path folder = real(path(chosen.from().get()));
            return BackupContents.begin(
                    folder,
                    Catalog.manifestIn(folder)
                            .map(manifest -> new Backup(folder, manifest, Verdicts.in(folder)).manifest()));
        }
        Backup backup = chosen.label().map(catalog::find).orElseGet(() -> own.choose(catalog));
        return BackupContents.begin(backup.folder(), Optional.of(backup.manifest()));
    }

    /** Where a relative path or one with {@code ..} leads would depend on where Dolmen was started. */
    private static Path path(String from) {
        try {
            Path folder = Path.of(from);
            if (folder.isAbsolute() && folder.equals(folder.normalize())) {
                return folder;
            }
        } catch (InvalidPathException wrong) {
            throw notWhole(from, wrong);
        }
        throw notWhole(from, null);
    }

    private static Unusable notWhole(String from, InvalidPathException wrong) {
        return new Unusable(
                "'" + from.replaceAll("\\p{Cntrl}", "?") + "' is not the whole path of a folder",
                "Begin it with / and leave out '..'.",
                wrong);
    }

    /** Links are followed once, here: what is checked is what is restored, and the report names it. */
    private static Path real(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException absent) {
            throw absent(folder);
        }
        throw absent(folder);
    }

    private static NothingToRestore absent(Path folder) {
        return new NothingToRestore("there is no folder " + folder, "Name the folder that holds the files.");
    }
}
