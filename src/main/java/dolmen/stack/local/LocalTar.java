package dolmen.stack.local;

import com.sun.security.auth.module.UnixSystem;
import dolmen.model.StepFailure;
import dolmen.stack.WholeTarStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tar streams of files on this machine, as the engine's archive calls make them of files in containers. Modes and times are kept, owners
 * too when this process is root. There are files, folders and symbolic links only.
 */
final class LocalTar {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTar.class);
    private static final int PIPE = 256 * 1024;

    private LocalTar() {}

    /** The file or folder, members named by its last part. An error while reading ends the stream without its end mark. */
    static InputStream read(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            PipedOutputStream out = new PipedOutputStream();
            PipedInputStream in = new PipedInputStream(out, PIPE);
            AtomicBoolean abandoned = new AtomicBoolean();
            Thread packer = new Thread(() -> pack(root, out, abandoned), "pack-" + root.getFileName());
            packer.setDaemon(true);
            packer.start();
            return new FilterInputStream(new WholeTarStream(in, root.toString())) {
                @Override
                public void close() throws IOException {
                    abandoned.set(true);
                    super.close();
                }
            };
        } catch (IOException broken) {
            throw new StepFailure.Failed("cannot read " + root + ": " + broken.getMessage(), "Is it there?", broken);
        }
    }

    /** Unpacks below the folder. A member that would leave it is refused. */
    static void write(Path folder, InputStream stream) {
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(stream);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, inside(folder, entry));
            }
        } catch (IOException broken) {
            throw new StepFailure.Failed(
                    "cannot unpack into " + folder + ": " + broken.getMessage(),
                    "Is the disk full, or does the folder belong to somebody else?",
                    broken);
        }
    }

    private static void pack(Path root, OutputStream out, AtomicBoolean abandoned) {
        try (out;
                Stream<Path> paths = Files.walk(root)) {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                pack(tar, path, root.getParent().relativize(path).toString());
            }
            tar.finish();
            tar.flush();
        } catch (IOException broken) {
            if (abandoned.get()) {
                return;
            }
            // The end of the tar is missing now, and the reader says so.
            LOG.debug("could not pack {}: {}", root, broken.toString());
        }
    }

    private static void pack(TarArchiveOutputStream tar, Path path, String name) throws IOException {
        TarArchiveEntry entry = Files.isSymbolicLink(path)
                ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK)
                : new TarArchiveEntry(path, name, LinkOption.NOFOLLOW_LINKS);
        if (entry.isSymbolicLink()) {
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            entry.setUserId((int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
            entry.setGroupId((int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
        }
        entry.setMode((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    private static Path inside(Path folder, TarArchiveEntry entry) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        Path parent = target.equals(folder.normalize()) ? target : target.getParent();
        if (!target.startsWith(folder.normalize()) || !realAbove(parent).startsWith(realAbove(folder))) {
            throw new IOException("the member " + entry.getName() + " would leave the folder");
        }
        return target;
    }

    /** Where this path, or the nearest one above it that exists, really is: a link on the way may lead elsewhere. */
    private static Path realAbove(Path path) throws IOException {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing.toRealPath();
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            throw new IOException("the member " + entry.getName() + " is neither file, folder nor symbolic link");
        }
        own(entry, target);
    }

    private static void own(TarArchiveEntry entry, Path target) throws IOException {
        if (new UnixSystem().getUid() == 0) {
            Files.setAttribute(target, "unix:uid", (int) entry.getLongUserId(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(target, "unix:gid", (int) entry.getLongGroupId(), LinkOption.NOFOLLOW_LINKS);
        }
        if (!entry.isSymbolicLink()) {
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
            Files.setLastModifiedTime(
                    target, FileTime.from(entry.getLastModifiedTime().toInstant()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        List<PosixFilePermission> all = List.of(PosixFilePermission.values());
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        // The enumeration goes from the owner's read to the others' execute, as the bits do.
        all.stream()
                .filter(permission -> (mode >> (all.size() - 1 - permission.ordinal()) & 1) == 1)
                .forEach(set::add);
        return set;
    }
}
