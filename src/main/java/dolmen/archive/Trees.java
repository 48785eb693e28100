package dolmen.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** What is done to whole trees of files; links are never followed. */
public final class Trees {
    /** Many at a time: a file system commits the syncs that wait together in one go. */
    private static final int SYNCS = 16;

    private Trees() {}

    /** Deletes the path and everything below it; nothing when it does not exist. */
    public static void delete(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /** Makes every file and folder of the tree last on its disk. */
    public static void sync(Path tree) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(SYNCS);
        Semaphore places = new Semaphore(SYNCS * 64);
        AtomicReference<IOException> failure = new AtomicReference<>();
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        syncLater(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException refused) throws IOException {
                    if (refused != null) {
                        throw refused;
                    }
                    syncLater(folder);
                    return FileVisitResult.CONTINUE;
                }

                private void syncLater(Path path) {
                    places.acquireUninterruptibly();
                    pool.execute(() -> {
                        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                            channel.force(true);
                        } catch (IOException refused) {
                            failure.compareAndSet(null, refused);
                        } finally {
                            places.release();
                        }
                    });
                }
            });
        } finally {
            Chunks.finish(pool);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
