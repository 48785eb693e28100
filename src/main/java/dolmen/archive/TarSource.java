package dolmen.archive;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A folder to pack: the names of its members begin with the prefix (empty: none), and what the predicate takes (a path
 * relative to the folder) is left out with everything below it. A change of a file whose member {@code needed} takes ends
 * the packing.
 */
public record TarSource(Path folder, String prefix, Predicate<Path> leftOut, Predicate<String> needed) {
    public TarSource {
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException("a prefix has no slash at its ends: " + prefix);
        }
    }

    public static TarSource of(Path folder, String prefix) {
        return new TarSource(folder, prefix, path -> false, name -> false);
    }

    /** The member's name of a path below the folder. */
    String name(Path path) {
        String relative = folder.relativize(path).toString();
        if (relative.isEmpty()) {
            return prefix.isEmpty() ? "." : prefix;
        }
        return prefix.isEmpty() ? relative : prefix + "/" + relative;
    }
}
