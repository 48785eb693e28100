package dolmen.runs;

import dolmen.archive.SafeFiles;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Locked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one lock that backup, restore, recovery and all later operations take, across processes. The operating system
 * lets go of it when the process dies, so there is nothing to clean up by hand.
 *
 * <p>POSIX drops a process's lock as soon as that process closes any descriptor of the file, so within a process the
 * holder is looked up in memory and the file is left alone.
 */
public final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** The locks themselves, since Java closes a file, and lets go of its lock, that nothing refers to any more. */
    private static final Map<Path, RunLock> HELD_HERE = new HashMap<>();

    private final Path file;
    private final String run;
    private final FileChannel channel;

    private RunLock(Path file, String run, FileChannel channel) {
        this.file = file;
        this.run = run;
        this.channel = channel;
    }

    /**
     * Takes the lock of a state folder for this run, until it is closed or the process ends, or throws {@link Locked}, naming
     * the run that holds it.
     */
    public static RunLock take(Path state, String run) {
        Path file = file(state);
        synchronized (HELD_HERE) {
            if (HELD_HERE.containsKey(file)) {
                throw taken(HELD_HERE.get(file).run);
            }
            try {
                FileChannel channel = open(file);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                    throw taken(holder(file));
                }
                name(channel, run);
                RunLock held = new RunLock(file, run, channel);
                HELD_HERE.put(file, held);
                return held;
            } catch (IOException refused) {
                throw cannotLock(file, refused);
            }
        }
    }

    /** Others can read who holds it; on a full disk it is held without a name. */
    private static void name(FileChannel channel, String run) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(run.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException full) {
            LOG.warn("the lock does not say who holds it: {}", full.getMessage());
        }
    }

    /** The run that holds the lock now; empty when none does. */
    public static Optional<String> holderOf(Path state) {
        Path file = file(state);
        synchronized (HELD_HERE) {
            if (HELD_HERE.containsKey(file)) {
                return Optional.of(HELD_HERE.get(file).run);
            }
            try (FileChannel channel = open(file)) {
                return channel.tryLock(0, Long.MAX_VALUE, true) == null ? Optional.of(holder(file)) : Optional.empty();
            } catch (IOException refused) {
                throw cannotLock(file, refused);
            }
        }
    }

    /** Whether this process holds the lock now. */
    public static boolean isHeldHere(Path state) {
        if (!Files.isDirectory(state)) {
            return false;
        }
        Path file = file(state);
        synchronized (HELD_HERE) {
            return HELD_HERE.containsKey(file);
        }
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(file);
            try {
                channel.close();
            } catch (IOException broken) {
                throw new Failed("cannot let go of the lock", "It is gone when this process ends.", broken);
            }
        }
    }

    private static Path file(Path state) {
        try {
            return SafeFiles.folder(state).toRealPath().resolve("lock");
        } catch (IOException refused) {
            throw cannotLock(state, refused);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static String holder(Path file) throws IOException {
        String name = Files.readString(file);
        return name.isBlank() ? "its name is not known yet" : name;
    }

    private static Locked taken(String holder) {
        return new Locked(
                "another run is going on: " + holder, "Wait until it has ended; `dolmen status` shows what it does.");
    }

    private static Failed cannotLock(Path file, IOException cause) {
        return new Failed("cannot lock " + file, "Check that the folder belongs to the user that runs Dolmen.", cause);
    }
}
