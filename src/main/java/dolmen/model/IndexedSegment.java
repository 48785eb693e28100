package dolmen.model;

/**
 * One used segment in an index: its id, its datasource, and its fingerprint, 32 hexadecimal digits, by which it is told from
 * another one with the same id.
 */
public record IndexedSegment(String segment, String datasource, String fingerprint) {
    /** The length of a fingerprint. */
    public static final int DIGITS = 32;

    public IndexedSegment {
        if (segment.isEmpty() || !fingerprint.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("no segment");
        }
    }
}
