package dolmen.metadata;

/** A kind of database object that is not Druid's, such as a view. Each metadata store has an enum of its kinds, in the order of reports. */
public interface ForeignKind {
    /** For a person: {@code view}. */
    String words();

    /** Its position among the kinds of its store, which decides the order in reports. */
    int ordinal();

    /** Whether it holds rows, which then are its content. */
    boolean isTable();

    /** Whether Druid makes objects of this kind, too. */
    boolean isDruids();

    /** Whether a dump names it as the database does, so that a dump can be searched for one of a name. */
    boolean isNamedInDumps();

    /** Whether a restore gives it to the database that it makes, although no dump holds it. */
    boolean isCopied();
}
