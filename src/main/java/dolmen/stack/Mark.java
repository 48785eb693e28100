package dolmen.stack;

import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what a Dolmen starts is known again when it was killed: programs by a variable of their environment, sessions of a
 * database by their application name, throw-away containers by the owner in their names. What runs start that hold the lock is told
 * from what only looks, since nobody may end that; {@code owner} tells one Dolmen's from another's, letters and digits.
 * Temporary files lie in a folder that the next run empties.
 */
public record Mark(Supplier<String> owner, BooleanSupplier changes, Supplier<Path> temporary) {
    /** The variable that every program is started with. */
    public static final String VARIABLE = "DOLMEN_MARK";

    /** Where the system has temporary files. */
    public static final Path SYSTEM = Path.of(System.getProperty("java.io.tmpdir"));

    /** Where there is no state folder: nothing is found again. */
    public static final Mark NONE = new Mark(() -> "none", () -> false, () -> SYSTEM);

    private static final Logger LOG = LoggerFactory.getLogger(Mark.class);

    /** What is started now is marked with this: {@code dolmen/OWNER/run} under the lock, else {@code dolmen/OWNER/read}. */
    public String word() {
        return changes.getAsBoolean() ? ofRuns() : "dolmen/" + owner.get() + "/read";
    }

    /**
     * Where a temporary file lies now: in the system's folder for what only looks, since it may not write the state folder, and
     * where that folder cannot be written, since a service has to be started all the same.
     */
    public Path temporaryNow() {
        try {
            return changes.getAsBoolean() ? temporary.get() : SYSTEM;
        } catch (StepFailure unwritable) {
            LOG.warn("{}; using {}", unwritable.getMessage(), SYSTEM);
            return SYSTEM;
        }
    }

    /** What all runs under the lock have marked. The holder of the lock may end it: whoever started it has ended. */
    public String ofRuns() {
        return "dolmen/" + owner.get() + "/run";
    }
}
