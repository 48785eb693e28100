package dolmen.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The proof that a dump and an archive fit together: how many segments the dump uses, how many of them the archive holds
 * whole, how many need no file, the ids of those that are missing (at most {@link #LISTED}; {@link #lacking} is their
 * number), and of these the ones that a person named, without which the backup was published all the same.
 */
public record Coverage(long used, long held, long fileless, List<String> missing, List<String> accepted) {
    /** The largest number of missing segments that are listed by id. */
    public static final int LISTED = 1000;

    private static final int SHOWN = 20;

    public Coverage {
        missing = List.copyOf(missing);
        accepted = List.copyOf(accepted);
    }

    /** A proof in which every segment needs a file, and nobody accepted a missing one. */
    public Coverage(long used, long held, List<String> missing) {
        this(used, held, 0, missing, List.of());
    }

    /** How many segments are missing, accepted ones among them. */
    public long lacking() {
        return used - held - fileless;
    }

    /** Whether none is missing but those that are accepted. */
    public boolean complete() {
        return lacking() == accepted.size();
    }

    /** How many are used, and whether they are held. */
    public String summary() {
        return used + " used, " + (accepted.isEmpty() ? "all held" : accepted.size() + " of them not held");
    }

    /** How many are missing, and the first of them by id. */
    public String words() {
        return lacking() + " of " + used + " used segments: "
                + missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (lacking() > SHOWN ? ", ..." : "");
    }
}
