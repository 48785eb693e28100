package dolmen.database.postgres;

/** Names and texts as SQL takes them. */
public final class Sql {
    private Sql() {}

    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text with any content, whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
