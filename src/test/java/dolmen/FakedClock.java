package dolmen;

import dolmen.needs.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The clock of another process, set by libfaketime, which {@code .ci/run} installs. What that process waits is real. */
public final class FakedClock {
    private final Path library;
    private final Path offset;

    /** A clock that goes right so far; a test that makes one says that it needs {@link Need#FAKETIME}. */
    public FakedClock(Path folder) throws IOException {
        library = Need.faketime().orElseThrow();
        offset = folder.resolve("clock");
        by(Duration.ZERO);
    }

    /** What the process needs in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** From now on it is ahead of the right time by so much. */
    public void by(Duration ahead) throws IOException {
        Path next = Files.writeString(
                offset.resolveSibling("clock.part"), String.format(Locale.ROOT, "%+.3f%n", ahead.toMillis() / 1000.0));
        Files.move(next, offset, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** It is this time now. */
    public void at(String time) throws IOException {
        by(Duration.between(Instant.now(), Instant.parse(time)));
    }
}
