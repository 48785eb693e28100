package dolmen.metabase.h2;

import dolmen.archive.FreeSpace;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.model.Size;
import dolmen.model.StepFailure;
import dolmen.stack.WholeTarStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive (tar) of Metabase's H2 files on disk, made by Dolmen or by a script. Opening it reads every byte and opens a copy of the
 * database in a scratch folder; the bytes that are read are counted. Throws {@code Damaged} when the tar is cut or the database does not
 * open, {@code Failed} when the scratch folder has no room.
 */
final class H2Archive {
    private static final Logger LOG = LoggerFactory.getLogger(H2Archive.class);

    /** How often {@link #open} reads the archive: once for the names and the checksum, once to extract the database. */
    static final int PASSES = 2;

    private final Path tar;
    private final String preferredBase;
    private final Optional<String> user;
    private final Optional<Secret> password;
    private final Meter meter;

    H2Archive(Path tar, String preferredBase, Optional<String> user, Optional<Secret> password, Meter meter) {
        this.tar = tar;
        this.preferredBase = preferredBase;
        this.user = user;
        this.password = password;
        this.meter = meter;
    }

    /** What the archive holds: its checksum, its H2 members, the database's format and, when it can be opened, rows. */
    record Contents(Checksum sha256, H2Members members, String format, SortedMap<String, Long> counts) {
        /** Adds what the archive holds to what is known of the copy. */
        ApplicationDatabaseCopy fill(ApplicationDatabaseCopy bare, Optional<Artifact> artifact) {
            return bare.with(artifact, members.names(), counts, Optional.of(format))
                    .warned(warnings());
        }

        private List<String> warnings() {
            if (!format.equals(H2File.READABLE)) {
                return List.of("Metabase's file was written by " + H2File.writer(format)
                        + ": it is kept, but it was not opened");
            }
            return counts.getOrDefault("core_user", 0L) > 0
                    ? List.of()
                    : List.of("Metabase's database has no user yet");
        }
    }

    @FunctionalInterface
    interface MemberReader {
        void read(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /** Checks the whole archive. The copy of the database lies in a folder below {@code scratch}, which is removed again. */
    Contents open(Path scratch) {
        MessageDigest digest = Checksum.digest();
        Set<String> names = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        read(digest, (entry, content) -> {
            if (!names.add(plain(entry))) {
                twice.add(plain(entry));
            }
        });
        H2Members members = H2Members.of(names, preferredBase);
        requireOnce(members, twice);
        Path folder = scratchFolder(scratch);
        try {
            Path copy = folder.resolve("copy.mv.db");
            extract(members.database(), copy);
            H2File file = new H2File(copy, user, password);
            String format = file.format();
            SortedMap<String, Long> counts = format.equals(H2File.READABLE) ? file.counts() : new TreeMap<>();
            return new Contents(Checksum.of(digest), members, format, counts);
        } finally {
            remove(folder);
        }
    }

    /** The format of the database, by its first bytes. */
    String format() {
        Set<String> names = new LinkedHashSet<>();
        read((entry, content) -> names.add(plain(entry)));
        String database = H2Members.of(names, preferredBase).database();
        AtomicReference<String> format = new AtomicReference<>();
        read((entry, content) -> {
            if (plain(entry).equals(database)) {
                format.set(H2File.format(content));
            }
        });
        return format.get();
    }

    /** Only the members of the database count: others may be there twice. */
    private void requireOnce(H2Members members, Set<String> twice) {
        members.names().stream().filter(twice::contains).findFirst().ifPresent(name -> {
            throw new StepFailure.Damaged(
                    tar.getFileName() + " holds " + name + " twice",
                    "Take another backup, or pack the right one alone.");
        });
    }

    /** Hands each regular file to the reader. */
    void read(MemberReader reader) {
        read(Checksum.digest(), reader);
    }

    /** The name of a member without {@code ./} or {@code /} before it. */
    static String plain(TarArchiveEntry entry) {
        return entry.getName().replaceFirst("^(\\./|/)+", "");
    }

    private void read(MessageDigest digest, MemberReader reader) {
        try (InputStream bytes = new DigestInputStream(whole(), digest);
                TarArchiveInputStream members = new TarArchiveInputStream(bytes)) {
            for (TarArchiveEntry entry = members.getNextEntry(); entry != null; entry = members.getNextEntry()) {
                if (entry.isSparse()) {
                    throw new IOException(plain(entry) + " is sparse: it would unpack to more than the archive holds");
                }
                if (isRegular(entry)) {
                    reader.read(entry, members);
                }
            }
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw new StepFailure.Damaged(
                    "cannot read " + tar.getFileName() + ": " + broken.getMessage(),
                    "The archive is cut or altered: take another backup.",
                    broken);
        }
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !isSpecial(entry);
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice();
    }

    private InputStream whole() throws IOException {
        return new WholeTarStream(
                new BufferedInputStream(meter.reading(Files.newInputStream(tar))),
                tar.getFileName().toString());
    }

    private void extract(String member, Path target) {
        read((entry, content) -> {
            if (plain(entry).equals(member)) {
                copy(content, entry.getSize(), target);
            }
        });
    }

    /** Looks for room before: a full disk must not be taken for a damaged archive. */
    private static void copy(InputStream content, long bytes, Path target) throws IOException {
        long free = FreeSpace.at(target.getParent());
        if (free < bytes) {
            throw new StepFailure.Failed(
                    target.getParent().getParent() + " has " + Size.words(free)
                            + " free, opening Metabase's file needs " + Size.words(bytes),
                    "Make room there; nothing was changed.");
        }
        try (OutputStream out = OwnFiles.create(target)) {
            content.transferTo(out);
        }
    }

    private static Path scratchFolder(Path scratch) {
        try {
            return Files.createDirectory(
                    scratch.resolve(".metabase-" + UUID.randomUUID().toString().substring(0, 8)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException full) {
            throw new StepFailure.Failed(
                    "cannot make a folder in " + scratch + ": " + full.getMessage(), "Is the disk full?", full);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException stays) {
            LOG.warn("could not remove {}: {}", folder, stays.toString());
        }
    }
}
