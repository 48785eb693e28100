package dolmen.deepstorage.local;

import dolmen.deepstorage.SegmentFiles;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in a folder of this machine where files are to come, and cannot be kept as a file is. */
final class FolderObstacles {
    static final String NO_FOLDER = " is a link or a file where a folder belongs";
    static final String NO_FILE = " is a folder, or a link to one, where a file belongs";

    private FolderObstacles() {}

    /** The first ones, each a name relative to the folder and what it is. */
    static List<String> in(Path shared, SegmentFiles coming) {
        List<String> found = new ArrayList<>();
        new ComingPaths(coming).forEach(new ComingPaths.Taker() {
            @Override
            public void folder(String path) {
                Path place = shared.resolve(path);
                add(path, ofFolder(place).or(() -> ofWriting(place)));
            }

            @Override
            public void file(String path) {
                add(path, ofFile(shared.resolve(path)));
            }

            private void add(String path, Optional<String> why) {
                if (found.size() < Swap.NAMED) {
                    why.ifPresent(what -> found.add(path + what));
                }
            }
        });
        return found;
    }

    /** Whether this process could not put a file there: in the folder around it, if there is one. */
    static Optional<String> ofWriting(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(folder)
                ? Optional.of(" is a folder that this process may not write")
                : Optional.empty();
    }

    /** What is wrong with that place for a folder: behind a link lies what is not the shared folder's. */
    static Optional<String> ofFolder(Path place) {
        return FolderSwap.exists(place) && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(NO_FOLDER)
                : Optional.empty();
    }

    /** What is wrong with that place for a file. */
    static Optional<String> ofFile(Path place) {
        return Files.isDirectory(place) ? Optional.of(NO_FILE) : Optional.empty();
    }
}
