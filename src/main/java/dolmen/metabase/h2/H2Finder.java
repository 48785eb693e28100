package dolmen.metabase.h2;

import dolmen.model.StepFailure;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Finds the H2 file that Metabase really uses: its image, started as root, makes a folder of the path in
 * {@code MB_DB_FILE} and keeps the file of the same name in it; started as another user it takes the path as it is.
 *
 * @see <a href="https://github.com/metabase/metabase/blob/master/bin/docker/run_metabase.sh">run_metabase.sh</a>
 */
final class H2Finder {
    private static final String ANONYMOUS = "[0-9a-f]{64}";

    private final Host host;
    private final Service service;

    H2Finder(Host host, Service service) {
        this.host = host;
        this.service = service;
    }

    /** Looks for the file by the value of {@code MB_DB_FILE}; {@code foundBy} says where that was found. */
    H2Location find(String file, String foundBy) {
        String path = plain(file);
        String inFolder = path + path.substring(path.lastIndexOf('/'));
        boolean folderHolds = kindOf(inFolder + H2Location.DATABASE).isPresent();
        boolean flatHolds = kindOf(path + H2Location.DATABASE).isPresent();
        boolean folder = folderHolds
                || !flatHolds && kindOf(path).filter("folder"::equals).isPresent();
        String chosen = folder ? inFolder : path;
        List<String> warnings = new ArrayList<>();
        if (folderHolds && flatHolds) {
            warnings.add("there are two H2 files, " + inFolder + H2Location.DATABASE + " and " + path
                    + H2Location.DATABASE + ": the first one was taken, as Metabase's image does");
        }
        Optional<Mount> mount = service.mountOf(chosen + H2Location.DATABASE);
        if (mount.isEmpty()) {
            warnings.add("Metabase's H2 file " + chosen + H2Location.DATABASE
                    + " lies on no volume: it is lost when the container is made anew");
        }
        mount.flatMap(Mount::volume)
                .filter(name -> name.matches(ANONYMOUS))
                .ifPresent(
                        name -> warnings.add(
                                "Metabase's H2 file lies on an anonymous volume: a container that is made anew gets another one"));
        return new H2Location(foundBy, service.name(), chosen, folderHolds || flatHolds, mount.isPresent(), warnings);
    }

    /** The path without slashes at its end. An ending {@code .mv.db} stays: H2 appends its own in any case. */
    private static String plain(String file) {
        String absolute = file.startsWith("/") ? file : "/" + file;
        return absolute.replaceFirst("/+$", "");
    }

    /** What is at the path; reads the archive's first header only. */
    private Optional<String> kindOf(String path) {
        try (InputStream archive = host.readArchive(service.name(), path);
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            return Optional.of(entry.isDirectory() ? "folder" : "file");
        } catch (StepFailure failure) {
            if (failure.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw failure;
        } catch (IOException broken) {
            throw new StepFailure.Unavailable(
                    "cannot look at " + path + " of " + service.name() + ": " + broken.getMessage(),
                    "Is the stack's machine reachable?",
                    broken);
        }
    }
}
