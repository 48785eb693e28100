package dolmen.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that appears under its name only when it is whole: written to {@code name.part} with mode 0600, synced, then
 * renamed over whatever has the name. Closing it before {@link #publish()} removes the part.
 */
public final class PartFile implements Closeable {
    /** What is added to the name while the file is not whole. */
    public static final String SUFFIX = ".part";

    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private boolean published;

    private PartFile(Path target) throws IOException {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + SUFFIX);
        Files.deleteIfExists(part);
        this.channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWN));
    }

    /** Begins the file; a part that an earlier run left behind is replaced. */
    public static PartFile create(Path target) throws IOException {
        return new PartFile(target);
    }

    /** Where the content is written; it is closed by {@link #publish()}. */
    public FileChannel channel() {
        return channel;
    }

    /** The unfinished file. */
    public Path part() {
        return part;
    }

    /** A stream into the file, which must not be closed before {@link #publish()}. */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** Syncs the content, gives the file its name, and syncs the folder. */
    public void publish() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        published = true;
        syncFolder(target.toAbsolutePath().getParent());
    }

    /** Makes renames and new names in this folder last. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!published) {
            Files.deleteIfExists(part);
        }
    }
}
