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
 * Lets ordinary files through. A folder, a pipe or a link to nothing can be neither read nor taken, and what is dated in the future
 * looks as if it were still written: each is left alone, and told once when its name is one that would be taken.
 */
final class OrdinaryFiles implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(OrdinaryFiles.class);

    /** By so much clocks differ, and a file that is just written may be ahead; Camel waits for that much by itself. */
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
