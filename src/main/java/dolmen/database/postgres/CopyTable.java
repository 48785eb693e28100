package dolmen.database.postgres;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table whose rows follow a {@code COPY ... FROM stdin}: its name as {@link dolmen.model.DumpSummary} has it, its
 * columns in the order of the fields, and the encoding of the dump.
 */
public record CopyTable(String name, List<String> columns, Charset charset) {
    /** Possessive, as in {@link Statements}. */
    private static final String IDENTIFIER = "(\"(?:[^\"]++|\"\")++\"|[^\\s\"().,;]+)";

    private static final Pattern HEADER = Pattern.compile(
            "COPY (?:" + IDENTIFIER + "\\.)?" + IDENTIFIER + " (?:\\((.*)\\))? ?FROM stdin;", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile(IDENTIFIER);

    public CopyTable {
        columns = List.copyOf(columns);
    }

    /** Reads the statement as pg_dump writes it; empty when it is any other. */
    static Optional<CopyTable> parse(String statement, Charset charset) {
        Matcher header = HEADER.matcher(statement);
        if (!header.matches()) {
            return Optional.empty();
        }
        return Optional.of(new CopyTable(nameOf(header.group(1), header.group(2)), columns(header.group(3)), charset));
    }

    /** Schema and table as one name, from the identifiers in a statement; without a schema it is {@code public}. */
    static String nameOf(String schema, String table) {
        return plainName(schema == null ? "public" : unquote(schema), unquote(table));
    }

    /** Schema and table as one name; the schema is left out when it is {@code public}. */
    public static String plainName(String schema, String table) {
        return schema.equals("public") ? table : schema + "." + table;
    }

    /** The name that an identifier of a statement stands for. */
    static String unquote(String identifier) {
        if (!identifier.startsWith("\"")) {
            return identifier;
        }
        return identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"");
    }

    private static List<String> columns(String list) {
        List<String> columns = new ArrayList<>();
        if (list != null) {
            Matcher column = COLUMN.matcher(list);
            while (column.find()) {
                columns.add(unquote(column.group()));
            }
        }
        return columns;
    }
}
