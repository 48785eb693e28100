package intake;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts ordinary files only. A folder, a pipe or a link to nothing cannot be read or moved, and a file that is dated in the
 * future looks as if it were still being written: each is left alone, and logged once when its name is that of a trigger.
 */
final class OrdinaryFiles implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(OrdinaryFiles.class);

    /** Clocks may differ by so much, so that a file that was just written is ahead; Camel itself waits until it is old enough. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final String taken;
    private final Clock clock;
    private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();

    /** {@code taken} is the pattern of the names that would be taken; {@code clock} the one that files are dated by. */
    OrdinaryFiles(String taken, Clock clock) {
        this.taken = taken;
        this.clock = clock;
    }

    /** Camel asks about a file that is gone, too, before it removes the lock file that a killed process left of it. */
    @Override
    public boolean accept(GenericFile<File> found) {
        String name = found.getFileNameOnly();
        boolean gone = !Files.exists(found.getFile().toPath(), LinkOption.NOFOLLOW_LINKS);
        if (!gone && !found.getFile().isFile()) {
            sayOnce(name, "{} in the inbox is no file and is left alone HINT: remove it");
            return false;
        }
        Instant dated = Instant.ofEpochMilli(found.getFile().lastModified());
        if (dated.isAfter(clock.instant().plus(AHEAD))) {
            sayOnce(
                    name,
                    "{} in the inbox is dated " + dated
                            + ", which is to come, and waits until then HINT: `touch` it, and set"
                            + " the clock of the machine that it came from");
            return false;
        }
        leftAlone.remove(name);
        return true;
    }

    private void sayOnce(String name, String line) {
        if (name.matches(taken) && leftAlone.add(name)) {
            LOG.warn(line, name);
        }
    }
}
