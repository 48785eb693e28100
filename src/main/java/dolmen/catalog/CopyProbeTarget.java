package dolmen.catalog;

/** Where copies go, tried without a backup; the routes know how. */
@FunctionalInterface
public interface CopyProbeTarget {
    /** The name of the file that stays where a producer cannot remove it; the next probe replaces it. */
    String PROBE = "dolmen-probe.txt";

    /** Throws a failure that a person can act on when a copy could not be sent there. */
    Found probe();

    /** What was found out. */
    enum Found {
        /** A file was written and removed again. */
        WRITTEN,
        /** The login worked and the folder is there; nothing was written. */
        ENTERED,
        /** The login worked, but the folder is not there or cannot be entered; nothing was written. */
        NO_FOLDER,
        /** The file {@link #PROBE} was sent and stays there. */
        SENT
    }
}
