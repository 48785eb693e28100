package dolmen.metadata;

/** Names and texts as SQL takes them. */
final class Sql {
    private Sql() {}

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text with any content, whatever {@code standard_conforming_strings} says. */
    static String literal(String text) {
        return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
