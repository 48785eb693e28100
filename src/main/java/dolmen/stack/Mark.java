package dolmen.stack;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How what a Dolmen starts is known again when it was killed: programs by a variable of their environment, sessions of a
 * database by their application name, throw-away containers by the owner in their names. What runs start that hold the lock is told
 * from what only looks, since nobody may end that; {@code owner} tells one Dolmen's from another's, letters and digits.
 * Temporary files lie in a folder that the next run empties.
 */
public record Mark(Supplier<String> owner, BooleanSupplier changes, Supplier<Path> temporary) {
    /** The variable that every program is started with. */
    public static final String VARIABLE = "DOLMEN_MARK";

    /** Where there is no state folder: nothing is found again, and temporary files lie where the system has them. */
    public static final Mark NONE =
            new Mark(() -> "none", () -> false, () -> Path.of(System.getProperty("java.io.tmpdir")));

    /** What is started now is marked with this: {@code dolmen/OWNER/run} under the lock, else {@code dolmen/OWNER/read}. */
    public String word() {
        return changes.getAsBoolean() ? ofRuns() : "dolmen/" + owner.get() + "/read";
    }

    /** Where a temporary file lies now: what only looks may not write the state folder, and uses the system's folder. */
    Path room() {
        return changes.getAsBoolean() ? temporary.get() : NONE.temporary.get();
    }

    /** What all runs under the lock have marked. The holder of the lock may end it: whoever started it has ended. */
    public String ofRuns() {
        return "dolmen/" + owner.get() + "/run";
    }
}
