package dolmen.deepstorage.local;

import dolmen.archive.PartFile;
import dolmen.archive.Trees;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves the files below one folder of the shared folder to their places in it, and deletes that folder. What is in a place
 * and differs is kept first, by a hard link where the file system has them, so that a file is there at every moment.
 */
final class FolderMerge {
    private final Path shared;
    private final Path from;
    private final FolderSwap.Mover mover;

    FolderMerge(Path shared, Path from, FolderSwap.Mover mover) {
        this.shared = shared;
        this.from = from;
        this.mover = mover;
    }

    void keepingIn(Path kept) throws IOException {
        merge(Optional.of(kept));
    }

    void keepingNothing() throws IOException {
        merge(Optional.empty());
    }

    private void merge(Optional<Path> kept) throws IOException {
        if (FolderSwap.exists(from)) {
            requireFree();
            Files.walkFileTree(from, new Merging(kept));
            Trees.delete(from);
        }
    }

    /** Throws before anything is moved. */
    private void requireFree() throws IOException {
        try (Stream<Path> coming = Files.walk(from)) {
            for (Path path : (Iterable<Path>) coming.skip(1)::iterator) {
                Optional<String> obstacle = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        ? FolderObstacles.ofFolder(place(path))
                        : FolderObstacles.ofFile(place(path));
                if (obstacle.isPresent()) {
                    throw new StepFailure.Failed(
                            place(path) + obstacle.get(),
                            "Find out what put it there, and move it elsewhere; none of the files was added.");
                }
            }
        }
    }

    private Path place(Path path) {
        return shared.resolve(from.relativize(path));
    }

    private static boolean differs(Path file, Path target) throws IOException {
        return !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.mismatch(file, target) >= 0;
    }

    /** Makes folders that are not there, and moves files; each folder is synced when it has all of its files. */
    private final class Merging extends SimpleFileVisitor<Path> {
        private final Optional<Path> kept;

        Merging(Optional<Path> kept) {
            this.kept = kept;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            makeLike(place(folder), folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = place(file);
            if (kept.isPresent() && FolderSwap.exists(target) && differs(file, target)) {
                keep(target, kept.get().resolve(from.relativize(file)));
            }
            mover.move(file, target);
            return FileVisitResult.CONTINUE;
        }

        /** What a killed run kept is the same file, or older than what is there now. */
        private void keep(Path target, Path aside) throws IOException {
            makeFolders(aside.getParent());
            Files.deleteIfExists(aside);
            try {
                Files.createLink(aside, target);
            } catch (IOException | UnsupportedOperationException withoutLinks) {
                mover.move(target, aside);
            }
            PartFile.syncFolder(aside.getParent());
        }

        private void makeFolders(Path folder) throws IOException {
            if (!FolderSwap.exists(folder)) {
                makeFolders(folder.getParent());
                Path relative = kept.orElseThrow().relativize(folder);
                makeLike(folder, shared.resolve(relative));
                PartFile.syncFolder(folder.getParent());
            }
        }

        private void makeLike(Path folder, Path model) throws IOException {
            if (!FolderSwap.exists(folder)) {
                Files.createDirectory(folder);
                FolderSwap.copyOwnerAndMode(folder, model);
            }
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            PartFile.syncFolder(place(folder));
            return FileVisitResult.CONTINUE;
        }
    }
}
