package dolmen.doctor;

import java.util.SortedSet;

/** What is said of databases in which a dump was only tried. */
final class Trials {
    private Trials() {}

    static Check.Seen seen(SortedSet<String> databases) {
        return Check.Seen.info(
                "databases in which a dump is tried, or was when its process was killed: "
                        + String.join(", ", databases),
                "A trial that goes on drops its own. What a killed one left is dropped by the next restore, or by the first"
                        + " plan a day later.");
    }
}
