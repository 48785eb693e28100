package dolmen.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a file system of this machine has for this process. */
public final class FreeSpace {
    private FreeSpace() {}

    /** Free bytes where this path is or will be; throws {@code Failed} when they cannot be found out. */
    public static long at(Path path) {
        Path there = existing(path);
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException unreadable) {
            throw FileFailures.reading(there, unreadable);
        }
    }

    /** Whether two paths, which are or will be, take room of one file system; throws the same. */
    public static boolean isShared(Path one, Path other) {
        Path there = existing(one);
        try {
            return Files.getFileStore(there).equals(Files.getFileStore(existing(other)));
        } catch (IOException unreadable) {
            throw FileFailures.reading(there, unreadable);
        }
    }

    private static Path existing(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
