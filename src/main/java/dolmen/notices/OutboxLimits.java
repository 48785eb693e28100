package dolmen.notices;

import dolmen.archive.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops notices that have waited for a place for 3 days, and the oldest where more than 100 wait. The log says so. */
final class OutboxLimits {
    static final Duration LONGEST = Duration.ofDays(3);
    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(OutboxLimits.class);

    private final Clock clock;

    OutboxLimits(Clock clock) {
        this.clock = clock;
    }

    /** What lies in the folder of a place, oldest first. */
    static List<Path> entries(Path home) {
        return SafeFiles.list(home).stream()
                .filter(file -> !file.endsWith("lock"))
                .toList();
    }

    /** Only for the holder of the place's lock. */
    void apply(Path home) {
        Instant since = clock.instant().minus(LONGEST);
        List<Path> old = entries(home).stream()
                .filter(file -> writtenBefore(file, since))
                .toList();
        drop(home, old, "they waited for more than " + LONGEST.toDays() + " days");
        List<Path> left = entries(home);
        drop(home, left.subList(0, Math.max(0, left.size() - MOST)), "more than " + MOST + " waited");
    }

    /** Folders are none of ours and stay. */
    static void drop(Path home, List<Path> entries, String why) {
        List<Path> files = entries.stream()
                .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!files.isEmpty()) {
            files.forEach(SafeFiles::remove);
            LOG.error(
                    "dropped {} notifications that were not sent, of {}: {} HINT: try the places by `dolmen notify-test`",
                    files.size(),
                    home.getFileName(),
                    why);
        }
    }

    /** One that another process has just put away is not old. */
    private static boolean writtenBefore(Path file, Instant since) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(since);
        } catch (IOException gone) {
            return false;
        }
    }
}
