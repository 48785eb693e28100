package dolmen.model;

/** Whether two descriptions are of one stack: {@link StackIdentity#compare}. */
public enum Sameness {
    SAME,
    OTHER,
    /** It cannot be told: what would decide is not known of one of the two. */
    UNKNOWN
}
