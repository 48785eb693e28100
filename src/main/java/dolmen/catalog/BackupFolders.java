package dolmen.catalog;

import dolmen.model.Examination;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.NothingToRestore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder that a run is about: a backup of the catalog, or a folder with a script's files. */
public final class BackupFolders {
    private final Catalog catalog;

    public BackupFolders(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The folder and its manifest, nothing else read; throws {@link NothingToRestore} when there is none. */
    public Examination find(RunRequest request) {
        if (request.from().isPresent()) {
            Path folder = Path.of(request.from().get());
            if (!Files.isDirectory(folder)) {
                throw new NothingToRestore("there is no folder " + folder, "Name the folder that holds the files.");
            }
            return Examination.begin(folder, Catalog.manifestIn(folder));
        }
        Backup backup = request.label().map(catalog::find).orElseGet(catalog::newestGood);
        return Examination.begin(backup.folder(), java.util.Optional.of(backup.manifest()));
    }
}
