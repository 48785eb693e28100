package dolmen.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The header records of one member in POSIX pax form: long names, sizes from 8 GiB on and parts of a second go into a pax
 * header before the plain one. Commons Compress writes them; the content goes its own, faster way.
 */
final class TarHeader {
    private TarHeader() {}

    static byte[] of(TarMember member) {
        ByteArrayOutputStream records = new ByteArrayOutputStream(2048);
        try {
            // never closed: it would want the content, which does not pass through it
            TarArchiveOutputStream tar = new TarArchiveOutputStream(records, "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            tar.putArchiveEntry(entry(member));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a header could not be written to memory", impossible);
        }
        return records.toByteArray();
    }

    private static TarArchiveEntry entry(TarMember member) {
        TarArchiveEntry entry =
                new TarArchiveEntry(member.isDirectory() ? member.name() + "/" : member.name(), flag(member.kind()));
        entry.setSize(member.size());
        entry.setMode(member.attributes().mode());
        entry.setUserId(member.attributes().userId());
        entry.setGroupId(member.attributes().groupId());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(FileTime.from(member.attributes().modified()));
        entry.setLinkName(member.link());
        return entry;
    }

    private static byte flag(TarMember.Kind kind) {
        return switch (kind) {
            case FILE -> TarConstants.LF_NORMAL;
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case HARDLINK -> TarConstants.LF_LINK;
            default -> throw new IllegalArgumentException("a " + kind + " is never written");
        };
    }
}
