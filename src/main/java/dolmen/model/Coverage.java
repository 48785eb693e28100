package dolmen.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The proof that a dump and an archive fit together: how many segments the dump uses, how many of them the archive
 * holds whole, and the ids of those that it does not (at most {@link #LISTED}; {@code used - held} is the number).
 */
public record Coverage(long used, long held, List<String> missing) {
    /** The largest number of missing segments that are listed by id. */
    public static final int LISTED = 1000;

    private static final int SHOWN = 20;

    public Coverage {
        missing = List.copyOf(missing);
    }

    public boolean complete() {
        return used == held;
    }

    /** How many are missing, and the first of them by id. */
    public String words() {
        return (used - held) + " of " + used + " used segments: "
                + missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (used - held > SHOWN ? ", ..." : "");
    }
}
