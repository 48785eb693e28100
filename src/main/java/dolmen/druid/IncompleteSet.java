package dolmen.druid;

/**
 * Used segments of one interval and version that Druid does not serve, since core partitions are missing among them: how
 * many there are, and what is missing.
 */
record IncompleteSet(String datasource, Span interval, String version, int segments, String lacking) {
    /** The set in one line. */
    String words() {
        return datasource + " " + interval.words() + ", version " + version + ": " + lacking
                + ", so druid serves none of " + segments + " used segments";
    }
}
