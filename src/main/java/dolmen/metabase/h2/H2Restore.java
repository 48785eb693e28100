package dolmen.metabase.h2;

import dolmen.metabase.MetabaseStack;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.Secret;
import dolmen.model.Size;
import dolmen.model.StepFailure;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import dolmen.stack.StoppedServices;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts archived H2 files back by renames within their folder: {@code stage} lays the new ones beside the old,
 * {@code swapIn} exchanges them, {@code swapBack} undoes that, {@code dropOld} ends it. Each may be repeated, also after
 * kill -9 in its middle. Metabase is stopped for both swaps, by the ledger, and stays so: the run starts it when it starts
 * its services. New files get the owner of the old ones, or of the folder.
 */
final class H2Restore {
    /** How often the bytes of an archive are read or written in a restore: it is opened, packed anew, sent and read back. */
    private static final int PASSES = H2Archive.PASSES + 3;

    /** Bytes that must stay free on the volume. */
    private static final long SPARE = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(H2Restore.class);

    private final H2Location location;
    private final Host host;
    private final StoppedServices stopped;
    private final Optional<String> user;
    private final Optional<Secret> password;

    H2Restore(H2Location location, MetabaseStack stack) {
        this.location = location;
        this.host = stack.host();
        this.stopped = stack.stopped();
        this.user = stack.settings().user();
        this.password = stack.settings().password();
    }

    /**
     * Checks the archive, takes the H2 files out of it and lays them beside the present ones; nothing that Metabase sees
     * changes. Throws {@code Refused} when the present files lie on no mount, {@code Damaged} when the archive cannot be used. What is
     * read, sent and read back is counted.
     */
    void stage(Path tar, RunMark run, Path scratch, Meter meter) {
        requireMounted();
        long bytes = tar.toFile().length();
        meter.expect(PASSES * bytes);
        H2Archive archive = new H2Archive(tar, location.base(), user, password, meter);
        H2Archive.Contents contents = archive.open(scratch);
        Path packed = scratch.resolve(".metabase-" + run + ".tar");
        MessageDigest written = Checksum.digest();
        try {
            pack(archive, contents.members(), new H2Swap(location, run), packed, written);
            meter.expect(Files.size(packed) - bytes);
            try (InputStream in = meter.reading(Files.newInputStream(packed))) {
                host.writeArchive(location.service(), location.folder(), in);
            }
            requireArrived(new H2Swap(location, run), Checksum.of(written), meter, bytes);
            LOG.info("staged {} H2 files for {}", contents.members().names().size(), location.service());
        } catch (IOException broken) {
            throw new StepFailure.Failed(
                    "cannot stage Metabase's files: " + broken.getMessage(), "Is the disk full?", broken);
        } finally {
            remove(packed);
        }
    }

    /** Why so many bytes of a backup's file could not be laid beside the present one, and exchanged for it. */
    public List<String> objections(long bytes) {
        Outcome outcome = host.runBeside(location.service(), H2Swap.look(location), Optional.empty());
        if (!outcome.succeeded()) {
            return List.of("Metabase's folder " + location.folder() + " cannot be changed: "
                    + outcome.stderr().strip());
        }
        return outcome.stderr()
                .lines()
                .filter(line -> line.matches(H2Swap.FREE + "[0-9]+"))
                .map(line -> Long.parseLong(line.substring(H2Swap.FREE.length())) * 1024)
                .filter(free -> free < bytes + SPARE)
                .map(free -> "the volume of Metabase's H2 file has " + Size.words(free)
                        + " free, the backup's file has " + Size.words(bytes))
                .toList();
    }

    /** Exchanges the files. */
    void swapIn(RunMark run) {
        stopped.stopForRun(run, location.service());
        script(new H2Swap(location, run).in(), "exchange Metabase's files");
    }

    /** Puts the old files back, however far {@link #swapIn} came; what was staged stays staged. */
    void swapBack(RunMark run) {
        stopped.stopForRun(run, location.service());
        script(new H2Swap(location, run).back(), "put Metabase's old files back");
    }

    /** Removes the old files, and what may still be staged. */
    void dropOld(RunMark run) {
        script(new H2Swap(location, run).drop(), "remove Metabase's old files");
    }

    private void requireMounted() {
        if (!location.mounted()) {
            throw new StepFailure.Refused(
                    "Metabase's H2 file " + location.path() + ".mv.db lies on no volume, so it cannot be exchanged",
                    "Mount a volume at " + location.folder() + " in the stack, and restore again.");
        }
    }

    private static void pack(H2Archive archive, H2Members members, H2Swap swap, Path packed, MessageDigest digest)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(OwnFiles.create(packed));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.putArchiveEntry(swap.stagingFolder());
            tar.closeArchiveEntry();
            archive.read((entry, content) -> {
                String name = H2Archive.plain(entry);
                for (String suffix : H2Location.SUFFIXES) {
                    if (name.equals(members.bySuffix().get(suffix))) {
                        InputStream seen =
                                suffix.equals(H2Location.DATABASE) ? new DigestInputStream(content, digest) : content;
                        tar.putArchiveEntry(H2Backup.renamed(entry, swap.staged(suffix)));
                        seen.transferTo(tar);
                        tar.closeArchiveEntry();
                    }
                }
            });
        }
    }

    /** Reads back what was sent; {@code announced} bytes were announced to the meter for this. */
    private void requireArrived(H2Swap swap, Checksum expected, Meter meter, long announced) throws IOException {
        MessageDigest digest = Checksum.digest();
        String path = location.folder() + "/" + swap.staged(H2Location.DATABASE);
        try (InputStream archive = host.readArchive(location.service(), path);
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = tar.getNextEntry();
            meter.expect(entry.getSize() - announced);
            new DigestInputStream(meter.reading(tar), digest).transferTo(OutputStream.nullOutputStream());
            if (!entry.isFile() || !Checksum.of(digest).equals(expected)) {
                throw new IOException("what was written to " + path + " is not what was read back");
            }
        }
    }

    private void script(String script, String action) {
        Outcome outcome = host.runBeside(location.service(), script, Optional.empty());
        if (!outcome.succeeded()) {
            throw new StepFailure.Failed(
                    "cannot " + action + " in " + location.folder() + ": " + outcome.stderr(),
                    "Look into that folder: names that begin with .dolmen- are of an unfinished restore.");
        }
        LOG.info("did {} in {}", action, location.folder());
    }

    private static void remove(Path packed) {
        try {
            Files.deleteIfExists(packed);
        } catch (IOException stays) {
            LOG.warn("could not remove {}: {}", packed, stays.toString());
        }
    }
}
