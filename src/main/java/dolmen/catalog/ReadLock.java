package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Locked;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps backups from being removed while they are read, across processes: what only reads shares it, a removal has it
 * alone. The operating system lets go of it when the process dies.
 *
 * <p>POSIX drops a process's lock as soon as that process closes any descriptor of the file, so all readers of a process
 * share one.
 */
public final class ReadLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadLock.class);
    private static final Map<Path, Held> HELD_HERE = new HashMap<>();

    private final Path file;

    private ReadLock(Path file) {
        this.file = file;
    }

    /**
     * Takes it for reading, or throws {@link Locked} while backups are removed. Who may not write the state folder reads all
     * the same, unprotected, and the log says so.
     */
    public static ReadLock share(Path state) {
        Path file = file(state);
        synchronized (HELD_HERE) {
            Held held = HELD_HERE.get(file);
            if (held == null) {
                HELD_HERE.put(file, Held.sharing(file));
            } else if (held.alone) {
                throw removing();
            } else {
                held.readers++;
            }
            return new ReadLock(file);
        }
    }

    /** Takes it for a removal, or throws {@link Locked} while anything is read. */
    public static ReadLock alone(Path state) {
        Path file = file(state);
        synchronized (HELD_HERE) {
            if (HELD_HERE.containsKey(file)) {
                throw reading();
            }
            HELD_HERE.put(file, Held.alone(file));
            return new ReadLock(file);
        }
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            Held held = HELD_HERE.get(file);
            held.readers--;
            if (held.readers == 0) {
                HELD_HERE.remove(file);
                held.free();
            }
        }
    }

    private static Path file(Path state) {
        return state.toAbsolutePath().normalize().resolve("reading");
    }

    private static Locked reading() {
        return new Locked(
                "backups are being read, by a verification, an export or a plan",
                "Wait until it has ended, then prune; nothing was removed.");
    }

    private static Locked removing() {
        return new Locked(
                "backups are being removed now", "Wait until that has ended; `dolmen status` shows what goes on.");
    }

    /** What this process holds of one file; no channel where it could not be locked. */
    private static final class Held {
        private final Optional<FileChannel> channel;
        private final boolean alone;
        private int readers = 1;

        private Held(Optional<FileChannel> channel, boolean alone) {
            this.channel = channel;
            this.alone = alone;
        }

        static Held sharing(Path file) {
            try {
                return new Held(Optional.of(lock(file, true).orElseThrow(ReadLock::removing)), false);
            } catch (IOException | Failed refused) {
                LOG.warn(
                        "a pruning may remove what is read now: cannot lock {}: {} HINT: let this user write the state folder",
                        file,
                        refused.getMessage());
                return new Held(Optional.empty(), false);
            }
        }

        static Held alone(Path file) {
            try {
                return new Held(Optional.of(lock(file, false).orElseThrow(ReadLock::reading)), true);
            } catch (IOException refused) {
                throw new Failed(
                        "cannot lock " + file, "Check that the folder belongs to the user that runs Dolmen.", refused);
            }
        }

        /** Empty when another process holds it. */
        private static Optional<FileChannel> lock(Path file, boolean shared) throws IOException {
            SafeFiles.folder(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                locked = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
                return locked ? Optional.of(channel) : Optional.empty();
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
        }

        void free() {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException broken) {
                throw new Failed("cannot let go of the lock", "It is gone when this process ends.", broken);
            }
        }
    }
}
