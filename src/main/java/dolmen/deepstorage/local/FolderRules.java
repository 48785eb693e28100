package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the shared folder must not be or hold: a database's files, or a folder of Dolmen's own. */
record FolderRules(Host host, SegmentsSettings settings, SharedFolder shared) {
    /** Throws {@code Refused} for a shared folder that is a PostgreSQL's, or in which one of these folders lies. */
    void check(List<Path> own) {
        own.forEach(this::requireOutside);
        requireNoDatabase();
    }

    /** The raw files of a running database are no backup of it, and nothing that Druid keeps in its deep storage. */
    private void requireNoDatabase() {
        String mark = shared.path() + "/PG_VERSION";
        try (InputStream found = host.readArchive(settings.service(), mark)) {
            found.readNBytes(1);
            throw new StepFailure.Refused(
                    shared.path() + " of " + settings.service() + " is the data folder of a PostgreSQL",
                    "Set dolmen.segments.path to Druid's shared folder; the database is dumped, never copied.");
        } catch (StepFailure.Failed failure) {
            if (!(failure.getCause() instanceof NoSuchFileException)) {
                throw failure;
            }
        } catch (IOException broken) {
            throw new StepFailure.Unavailable(
                    "cannot look for " + mark + " of " + settings.service() + ": " + broken.getMessage(),
                    "Is the stack's machine reachable?",
                    broken);
        }
    }

    private void requireOutside(Path own) {
        Path real = real(own);
        Optional<Path> folder = shared.folder()
                .or(() -> shared.service().mountOf(shared.path()).map((Mount mount) -> mount.resolve(shared.path())));
        if (folder.isPresent() && real.startsWith(folder.get())) {
            throw new StepFailure.Refused(
                    "Dolmen's own folder " + own + " lies in the shared folder " + folder.get()
                            + ", so every backup would hold it, and a restore would bring it back",
                    "Set dolmen.catalog.path, dolmen.inbox.path, dolmen.state.path and dolmen.dead-letter.path to folders"
                            + " outside of it.");
        }
    }

    /** The path with all links resolved, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toFile().exists() || absolute.getParent() == null
                    ? absolute.toRealPath()
                    : real(absolute.getParent()).resolve(absolute.getFileName());
        } catch (IOException refused) {
            throw FileFailures.reading(path, refused);
        }
    }
}
