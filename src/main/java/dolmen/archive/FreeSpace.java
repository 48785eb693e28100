package dolmen.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a file system of this machine has for this process. */
public final class FreeSpace {
    private FreeSpace() {}

    /** Free bytes where this path is or will be; throws {@code Failed} when they cannot be found out. */
    public static long at(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException unreadable) {
            throw FileFailures.reading(there, unreadable);
        }
    }
}
