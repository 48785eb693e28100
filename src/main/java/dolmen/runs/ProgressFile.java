package dolmen.runs;

import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.ProgressState;
import dolmen.model.StepFailure.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code state/progress.json}: how far the run is that holds the lock. It is replaced as a whole, so that whoever reads it
 * finds one state; nothing of it must last, so it is not synced.
 */
public final class ProgressFile {
    private static final int LARGEST = 1 << 16;

    /** It is written every second; what is older was left by a process that was killed. */
    private static final Duration STALE = Duration.ofSeconds(30);

    private final Path state;
    private final Path file;

    public ProgressFile(Path state) {
        this.state = state;
        this.file = state.resolve("progress.json");
    }

    /** Throws {@link Failed} when it cannot be written. */
    public void write(ProgressState progress) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, Json.MAPPER.writeValueAsBytes(progress));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw new Failed("cannot write " + file + ": " + refused, "The run goes on without it.", refused);
        }
    }

    /** The run has ended, or was killed while it wrote. */
    public void remove() {
        SafeFiles.remove(file);
        SafeFiles.removeUnfinished(state, file.getFileName().toString());
    }

    /** How far the run is that goes on now; empty when none does, or when that is not known. */
    public Optional<ProgressState> running(Instant now) {
        return RunLock.holderOf(state).flatMap(holder -> read()).filter(progress -> isOfNow(progress, now));
    }

    private static boolean isOfNow(ProgressState progress, Instant now) {
        return Duration.between(progress.at(), now).abs().compareTo(STALE) < 0;
    }

    private Optional<ProgressState> read() {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), ProgressState.class))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
