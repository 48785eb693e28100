package dolmen.stack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume or a folder in a container: the path inside it, the folder on the engine's machine as this process sees it, the
 * volume's name when it has one, and how the engine names what is mounted: that name, or the folder on its machine.
 */
public record Mount(String destination, Path source, Optional<String> volume, String origin) {
    /** A mount that this process sees as the engine does. */
    public Mount(String destination, Path source, Optional<String> volume) {
        this(destination, source, volume, volume.orElse(source.toString()));
    }

    /** True when this path inside the container lies on the mount. */
    public boolean holds(String path) {
        return path.equals(destination) || path.startsWith(destination.endsWith("/") ? destination : destination + "/");
    }

    /** Where a path inside the container lies on the engine's machine. */
    public Path resolve(String path) {
        return source.resolve(rest(path));
    }

    /** How the engine would name a path inside the container. */
    public String originOf(String path) {
        return Path.of(origin).resolve(rest(path)).toString();
    }

    private String rest(String path) {
        String rest = path.substring(destination.length());
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }
}
