package dolmen.metabase;

/** There is no application database to save: none is wanted, or there is no Metabase. */
public record NoDatabase(String foundBy) implements Located {}
