package dolmen.stack.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar stream of one file, made while it is read: header, the file's bytes, padding, end. */
final class FileAsTar {
    private static final int BLOCK = 512;
    private static final int END_BLOCKS = 2;

    private FileAsTar() {}

    /** The file under this name, with mode 0600, owned by this user and group. */
    static InputStream open(Path file, String name, long user, long group) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(0600);
        entry.setIds(Math.toIntExact(user), Math.toIntExact(group));
        long padding = (BLOCK - entry.getSize() % BLOCK) % BLOCK;
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(header(entry)),
                Files.newInputStream(file),
                new ByteArrayInputStream(new byte[(int) padding + END_BLOCKS * BLOCK]))));
    }

    private static byte[] header(TarArchiveEntry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.putArchiveEntry(entry);
        tar.flush();
        // Not closed: the file's bytes follow the header.
        return bytes.toByteArray();
    }
}
