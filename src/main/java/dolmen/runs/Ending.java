package dolmen.runs;

/** How a run came to its end before it was done. */
public enum Ending {
    /** A step gave up, and the process goes on. */
    FAILED,
    /** The process ended: signal 9, a loss of power, no more memory. */
    KILLED,
    /** Either, while the run was on its way back already. */
    TURNED_BACK
}
