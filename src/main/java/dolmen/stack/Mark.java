package dolmen.stack;

import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks what a Dolmen starts outside, so that it is found again after a kill: programs by a variable of their environment, database
 * sessions by their application name, throw-away containers by their names.
 *
 * @param owner tells this Dolmen from others: letters and digits
 * @param changes whether the present run holds the lock; what other runs start, which only read, has another mark, since nobody may
 *     end it
 * @param temporary a folder for temporary files, which the next run empties
 */
public record Mark(Supplier<String> owner, BooleanSupplier changes, Supplier<Path> temporary) {
    /** The variable that every program is started with. */
    public static final String VARIABLE = "DOLMEN_MARK";

    /** Where the system has temporary files. */
    public static final Path SYSTEM = Path.of(System.getProperty("java.io.tmpdir"));

    /** For where there is no state folder: nothing is found again. */
    public static final Mark NONE = new Mark(() -> "none", () -> false, () -> SYSTEM);

    private static final Logger LOG = LoggerFactory.getLogger(Mark.class);

    /** The mark of what is started now: {@code dolmen/OWNER/run} under the lock, else {@code dolmen/OWNER/read}. */
    public String word() {
        return changes.getAsBoolean() ? ofRuns() : "dolmen/" + owner.get() + "/read";
    }

    /**
     * The folder for a temporary file now. It is the system's for a run that only reads, which may not write the state folder, and
     * where the state folder cannot be written, since services have to be started all the same.
     */
    public Path temporaryNow() {
        try {
            return changes.getAsBoolean() ? temporary.get() : SYSTEM;
        } catch (StepFailure unwritable) {
            LOG.warn("{}; using {}", unwritable.getMessage(), SYSTEM);
            return SYSTEM;
        }
    }

    /** The mark of all runs under the lock. The holder of the lock may end whatever has it, since the run that started it has ended. */
    public String ofRuns() {
        return "dolmen/" + owner.get() + "/run";
    }
}
