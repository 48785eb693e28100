package dolmen.model;

/** Whether the stack at hand is the one that a backup was taken of, by the system identifiers of their PostgreSQL. */
public enum Sameness {
    SAME,
    OTHER,
    /** One of the two identifiers is not known. */
    UNKNOWN
}
