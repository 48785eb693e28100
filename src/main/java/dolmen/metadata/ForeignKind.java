package dolmen.metadata;

/** A kind of thing that lies in a metadata database and is not Druid's: an enum of each store, in the order of its constants. */
public interface ForeignKind {
    /** For a person: {@code view}. */
    String words();

    /** Its place among all kinds of the store. */
    int ordinal();

    /** Whether it holds rows, which then are its content. */
    boolean isTable();

    /** Whether Druid makes such things. */
    boolean isDruids();

    /** Whether a dump names it as the database does, so that a dump can be searched for one of a name. */
    boolean isNamedInDumps();

    /** Whether a restore gives it to the database that it makes, although no dump holds it. */
    boolean isCopied();
}
