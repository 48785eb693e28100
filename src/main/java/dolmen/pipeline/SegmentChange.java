package dolmen.pipeline;

/** Used segments of one datasource: those that only the backup has, those that both have, and those only here. */
record SegmentChange(long added, long kept, long lost) {
    /** In words, without what is none. */
    String words() {
        return added + " added, " + kept + " kept, " + lost + " lost";
    }
}
