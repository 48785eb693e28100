package dolmen.model;

/** Why a backup was published as suspicious: what kind of reason, for programs, and its text, for people. */
public record Reason(String kind, String text) {
    /** Used segments without files, which a person named. */
    public static Reason missing(String text) {
        return new Reason("missing", text);
    }

    /** Partition sets that are not complete. */
    public static Reason partitions(String text) {
        return new Reason("partitions", text);
    }

    /** Queries that count other rows than the segments have. */
    public static Reason rows(String text) {
        return new Reason("rows", text);
    }
}
