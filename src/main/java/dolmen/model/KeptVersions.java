package dolmen.model;

/** How many versions of removed files a store still keeps, how many bytes they have, and what keeps them. */
public record KeptVersions(long count, long bytes, String why) {
    /** The store keeps nothing of what is removed. */
    public static final KeptVersions NONE = new KeptVersions(0, 0, "");

    public boolean isEmpty() {
        return count == 0;
    }

    /** The sum of both; of the two reasons the first one that there is. */
    public KeptVersions and(KeptVersions others) {
        return new KeptVersions(count + others.count, bytes + others.bytes, isEmpty() ? others.why : why);
    }

    /** How many, in a word or two. */
    public String words() {
        return count + (count == 1 ? " version, " : " versions, ") + Size.words(bytes);
    }
}
