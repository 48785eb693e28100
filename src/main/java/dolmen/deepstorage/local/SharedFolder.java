package dolmen.deepstorage.local;

import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The shared folder as it can be reached now: the service, its path there, and the folder of this machine that it is, when
 * this process can list it. Looked up anew for each operation, since a volume may have been made anew in between.
 */
record SharedFolder(Service service, String path, Optional<Path> folder, String whyNot) {
    private static final int LINKS = 5;

    /** Throws {@code Failed} when the service does not exist. */
    static SharedFolder find(Host host, SegmentsSettings settings) {
        Service service = host.find(settings.service())
                .orElseThrow(() -> new StepFailure.Failed(
                        "service " + settings.service() + " does not exist, so its shared folder cannot be reached",
                        "Correct dolmen.segments.service, or create the service."));
        String path = settings.path();
        if (isLocal(service)) {
            return listable(service, path, Path.of(path));
        }
        Optional<Mount> nested = nestedMount(service, path);
        if (nested.isPresent()) {
            return unreachable(service, path, nested.get().destination() + " is a mount of its own");
        }
        return resolve(service, path, LINKS);
    }

    /** True when the service is no container, so that its paths are paths of this machine. */
    static boolean isLocal(Service service) {
        return !service.isContainer();
    }

    /** A second mount below the path: neither seen through the first one nor moved by a rename. */
    static Optional<Mount> nestedMount(Service service, String path) {
        return service.mounts().stream()
                .filter(mount -> mount.destination().startsWith(path + "/"))
                .findFirst();
    }

    /** A link is followed as the container follows it: an absolute target is a path of the container. */
    private static SharedFolder resolve(Service service, String path, int links) {
        Optional<Mount> mount = service.mountOf(path);
        if (mount.isEmpty()) {
            return unreachable(service, path, path + " does not lie on a mount of " + service.name());
        }
        Path folder = mount.get().resolve(path);
        if (links > 0 && Files.isSymbolicLink(folder)) {
            try {
                Path target = Path.of(path).getParent().resolve(Files.readSymbolicLink(folder));
                return resolve(service, target.normalize().toString(), links - 1);
            } catch (IOException unreadable) {
                return unreachable(service, path, folder + " cannot be read");
            }
        }
        return listable(service, path, folder);
    }

    private static SharedFolder listable(Service service, String path, Path folder) {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            names.iterator().hasNext();
            return new SharedFolder(service, path, Optional.of(folder.toRealPath()), "");
        } catch (IOException refused) {
            return unreachable(service, path, folder + " cannot be listed by this process");
        }
    }

    private static SharedFolder unreachable(Service service, String path, String whyNot) {
        return new SharedFolder(service, path, Optional.empty(), whyNot);
    }
}
