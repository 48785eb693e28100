package dolmen.stack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume or a folder in a container: the path inside it, the folder on the engine's machine, and the volume's name
 * when it has one.
 */
public record Mount(String destination, Path source, Optional<String> volume) {
    /** True when this path inside the container lies on the mount. */
    public boolean holds(String path) {
        return path.equals(destination) || path.startsWith(destination.endsWith("/") ? destination : destination + "/");
    }

    /** Where a path inside the container lies on the engine's machine. */
    public Path resolve(String path) {
        String rest = path.substring(destination.length());
        return source.resolve(rest.startsWith("/") ? rest.substring(1) : rest);
    }
}
