package dolmen.metabase;

/** Where Metabase keeps its data, and how that was found out. */
public sealed interface Located permits H2Location, PostgresLocation, NoDatabase {
    /** What told, for reports: {@code MB_DB_TYPE=postgres of metabase}. */
    String foundBy();
}
