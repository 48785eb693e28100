package dolmen.metabase.h2;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.StepFailure;
import dolmen.stack.Host;
import dolmen.stack.Service;
import dolmen.stack.StoppedServices;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the H2 files into {@code metabase_data.tar}. Metabase is stopped while they are copied, and no longer: H2 writes
 * to its file at any time. Members are named by their paths without the leading slash, as a script's tar names them.
 */
final class H2Backup {
    /** How often the bytes of an archive are written or read in a backup: written once, then opened. */
    static final int PASSES = 1 + H2Archive.PASSES;

    private static final Logger LOG = LoggerFactory.getLogger(H2Backup.class);

    private final Host host;
    private final StoppedServices stopped;
    private final Meter meter;

    H2Backup(Host host, StoppedServices stopped, Meter meter) {
        this.host = host;
        this.stopped = stopped;
        this.meter = meter;
    }

    /** Writes the archive into the folder, over one of an earlier try. Metabase runs again at the end if it ran, also after a failure. */
    Artifact copy(H2Location location, Path folder, RunId run) {
        boolean stoppedNow = stopped.stopForBackup(run, location.service());
        Artifact artifact;
        try {
            artifact = write(location, folder);
            requireStillStopped(location.service());
        } catch (RuntimeException failed) {
            startAfter(stoppedNow, location, run, failed);
            throw failed;
        }
        if (stoppedNow) {
            stopped.start(run, location.service());
        }
        return artifact;
    }

    private void startAfter(boolean stoppedNow, H2Location location, RunId run, RuntimeException why) {
        if (!stoppedNow) {
            return;
        }
        try {
            stopped.start(run, location.service());
        } catch (RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }

    private void requireStillStopped(String service) {
        if (host.find(service).map(Service::running).orElse(false)) {
            throw new StepFailure.Failed(
                    service + " was started while its files were copied: the copy is worthless",
                    "Find out what starts it, a person or a supervisor, and make the backup again.");
        }
    }

    private Artifact write(H2Location location, Path folder) {
        Path file = folder.resolve(Artifact.METABASE_ARCHIVE);
        Path part = folder.resolve(Artifact.METABASE_ARCHIVE + ".part");
        MessageDigest digest = Checksum.digest();
        try {
            int files = 0;
            try (OutputStream out = new BufferedOutputStream(
                            new DigestOutputStream(meter.writing(OwnFiles.create(part)), digest));
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (String suffix : H2Location.SUFFIXES) {
                    files += add(location, suffix, tar) ? 1 : 0;
                }
            }
            OwnFiles.publish(part, file);
            meter.expect(PASSES * Files.size(file));
            LOG.info("archived {} H2 files of {}, {} bytes", files, location.service(), Files.size(file));
            return new Artifact(Artifact.METABASE_ARCHIVE, Files.size(file), Checksum.of(digest));
        } catch (IOException broken) {
            throw new StepFailure.Failed(
                    "cannot archive " + location.path() + " of " + location.service() + ": " + broken.getMessage(),
                    "Is the disk of " + folder + " full, or did the connection to the stack break?",
                    broken);
        }
    }

    /** Adds one file; false when there is none. */
    private boolean add(H2Location location, String suffix, TarArchiveOutputStream tar) throws IOException {
        String path = location.path() + suffix;
        try (InputStream archive = host.readArchive(location.service(), path);
                TarArchiveInputStream members = new TarArchiveInputStream(archive)) {
            TarArchiveEntry found = members.getNextEntry();
            if (!found.isFile()) {
                throw new IOException(path + " is no regular file");
            }
            if (suffix.equals(H2Location.DATABASE)) {
                meter.guess(PASSES * found.getSize());
            }
            tar.putArchiveEntry(renamed(found, path.substring(1)));
            members.transferTo(tar);
            tar.closeArchiveEntry();
            // Read to the end: only there it shows whether the stream broke off.
            archive.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (StepFailure failure) {
            if (failure.getCause() instanceof NoSuchFileException && !suffix.equals(H2Location.DATABASE)) {
                return false;
            }
            throw failure;
        }
    }

    static TarArchiveEntry renamed(TarArchiveEntry found, String name) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(found.getSize());
        entry.setMode(found.getMode());
        entry.setUserId(found.getLongUserId());
        entry.setGroupId(found.getLongGroupId());
        entry.setLastModifiedTime(found.getLastModifiedTime());
        return entry;
    }
}
