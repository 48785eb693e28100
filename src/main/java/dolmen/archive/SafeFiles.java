package dolmen.archive;

import dolmen.model.StepFailure.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Small files and folders that survive a crash and that only their owner can read: files 0600, folders 0700, written
 * aside, synced and renamed. Failures are {@link Failed}, naming the path.
 */
public final class SafeFiles {
    private static final String PART = ".part";
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SafeFiles() {}

    /** Creates the folder and its missing parents, 0700. */
    public static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder, FOLDER);
        } catch (IOException refused) {
            throw failed("cannot create the folder " + folder, refused);
        }
    }

    /** Creates the folder, 0700; false when it was there already. */
    public static boolean claim(Path folder) {
        try {
            Files.createDirectory(folder, FOLDER);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException refused) {
            throw failed("cannot create the folder " + folder, refused);
        }
    }

    /** Writes a whole file under a temporary name, syncs it, and renames it into place. */
    public static void write(Path file, byte[] content) {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, FILE);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            move(part, file);
        } catch (IOException refused) {
            throw failed("cannot write " + file, refused);
        }
    }

    /** Appends to a file, which is made when it is not there; synced when this returns. */
    public static void append(Path file, byte[] content) {
        Set<OpenOption> how = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, how, FILE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            sync(file.toAbsolutePath().getParent());
        } catch (IOException refused) {
            throw failed("cannot write " + file, refused);
        }
    }

    /** Cuts off what a file has behind its first {@code kept} bytes. */
    public static void cut(Path file, long kept) {
        Set<OpenOption> how = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, how)) {
            channel.truncate(kept);
        } catch (IOException refused) {
            throw failed("cannot write " + file, refused);
        }
    }

    /** Removes the temporary files that a killed process left, of files whose names begin with the prefix. */
    public static void removeUnfinished(Path folder, String prefix) {
        list(folder).stream()
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .filter(path -> path.getFileName().toString().endsWith(PART))
                .forEach(SafeFiles::remove);
    }

    /** Reads a whole small file: a regular one and no link, at most this large, so that nothing waits or fills memory. */
    public static byte[] read(Path file, int largest) throws IOException {
        if (size(file) > largest) {
            throw new IOException("it is larger than " + largest + " bytes");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(largest + 1);
            if (content.length > largest) {
                throw new IOException("it is larger than " + largest + " bytes");
            }
            return content;
        }
    }

    /** The size of a regular file that is no link. */
    public static long size(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        return found.size();
    }

    /** Reads a whole small file of UTF-8 text without control characters; a byte-order mark is taken off. */
    public static String text(Path file, int largest) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file, largest)))
                    .toString();
        } catch (CharacterCodingException garbage) {
            throw new IOException("it is no text", garbage);
        }
        if (text.chars().anyMatch(letter -> Character.isISOControl(letter) && "\t\r\n".indexOf(letter) < 0)) {
            throw new IOException("it is no text");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Renames within one file system and syncs both folders; replaces a file, never a folder that is not empty. */
    public static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            sync(to.toAbsolutePath().getParent());
            sync(from.toAbsolutePath().getParent());
        } catch (IOException refused) {
            throw failed("cannot rename " + from + " to " + to, refused);
        }
    }

    /** Removes a file or a whole folder; nothing happens when it does not exist. Links are removed, not followed. */
    public static void remove(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException refused) {
            throw failed("cannot remove " + path, refused);
        } catch (UncheckedIOException unreadable) {
            throw failed("cannot remove " + path, unreadable.getCause());
        }
    }

    /** The names in a folder, sorted; none when the folder does not exist. */
    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException refused) {
            throw failed("cannot list " + folder, refused);
        } catch (UncheckedIOException unreadable) {
            throw failed("cannot list " + folder, unreadable.getCause());
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Failed failed(String what, IOException cause) {
        return new Failed(
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")",
                "Check that the folder exists, has free space, and belongs to the user that runs Dolmen.",
                cause);
    }
}
