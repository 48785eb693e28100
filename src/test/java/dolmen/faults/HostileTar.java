package dolmen.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A script's backup whose archive has one member more, which must not be unpacked. */
enum HostileTar {
    CLIMBS("the archive has a member that climbs out", "opt/shared/segments/../../../../etc/dolmen-was-here", '0', ""),
    ABSOLUTE("the archive has an absolute member", "/etc/dolmen-was-here", '0', ""),
    LINK_OUT("the archive has a link that leads out", "opt/shared/segments/link", '2', "/etc"),
    HARD_LINK_OUT("the archive has a hard link to a file outside", "opt/shared/segments/hard", '1', "/etc/passwd"),
    DEVICE("the archive has a device", "opt/shared/segments/device", '3', "");

    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup");

    final String words;
    private final String name;
    private final char kind;
    private final String link;

    HostileTar(String words, String name, char kind, String link) {
        this.words = words;
        this.name = name;
        this.kind = kind;
        this.link = link;
    }

    /** Makes the backup in this new folder. */
    Path backup(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(SCRIPT.resolve("druid_metadata_dump.sql"), folder.resolve("druid_metadata_dump.sql"));
        try (TarArchiveInputStream in = new TarArchiveInputStream(
                        new BufferedInputStream(Files.newInputStream(SCRIPT.resolve("druid_shared.tar"))));
                TarArchiveOutputStream out = new TarArchiveOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve("druid_shared.tar"))))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putArchiveEntry(entry);
                in.transferTo(out);
                out.closeArchiveEntry();
            }
            TarArchiveEntry hostile = new TarArchiveEntry(name, (byte) kind, true);
            hostile.setLinkName(link);
            if (kind == TarConstants.LF_NORMAL) {
                hostile.setSize(1);
            }
            out.putArchiveEntry(hostile);
            if (kind == TarConstants.LF_NORMAL) {
                out.write('!');
            }
            out.closeArchiveEntry();
        }
        return folder;
    }
}
