package dolmen.database.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a plain dump into its parts with flat memory. Throws {@code Damaged}, with the line, when the dump ends inside a
 * statement or a table's rows, or holds what pg_dump does not write.
 */
public final class DumpScanner {
    /** The longest statement in bytes; rows may be longer. */
    static final int STATEMENT_LIMIT = 16 << 20;

    private static final int BUFFER = 1 << 18;
    private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '([\\w-]+)';");
    private static final Pattern ROUTINE = Pattern.compile("(?i)\\b(function|procedure)\\b");
    private static final Pattern COPY = Pattern.compile("(?i)copy\\b.*", Pattern.DOTALL);

    private final DumpLines lines;
    private final DumpParts parts;
    private final StatementLexer lexer = new StatementLexer();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long pendingLine;
    private CopyTable copy;
    private Charset charset = StandardCharsets.UTF_8;

    private DumpScanner(InputStream dump, DumpParts parts) {
        this.lines = new DumpLines(dump, BUFFER);
        this.parts = parts;
    }

    /** Reads the dump to its end. */
    public static void scan(InputStream dump, DumpParts parts) throws IOException {
        new DumpScanner(dump, parts).scan();
    }

    private void scan() throws IOException {
        while (lines.next()) {
            if (copy != null) {
                row();
            } else {
                text(wholeLine());
            }
        }
        if (copy != null) {
            throw DumpDamage.at(lines.number(), "it ends inside the rows of table " + copy.name());
        }
        if (pending.size() > 0) {
            throw DumpDamage.at(pendingLine, "it ends inside the statement that begins here");
        }
    }

    private byte[] wholeLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(lines.limit() - lines.start());
        do {
            line.write(lines.bytes(), lines.start(), lines.limit() - lines.start());
            checkLength(pending.size() + line.size());
        } while (!lines.ends() && lines.next());
        byte[] bytes = line.toByteArray();
        for (byte b : bytes) {
            if (b == 0) {
                throw DumpDamage.hostile(lines.number(), "a NUL byte");
            }
        }
        return bytes;
    }

    private void checkLength(int length) {
        if (length > STATEMENT_LIMIT) {
            throw DumpDamage.at(lines.number(), "a statement of more than " + STATEMENT_LIMIT + " bytes");
        }
    }

    private void text(byte[] line) throws IOException {
        if (pending.size() > 0 || !standsAlone(line)) {
            statements(line);
            return;
        }
        if (line[line.length - 1] == '\r' || line.length > 1 && line[line.length - 2] == '\r') {
            throw DumpDamage.at(lines.number(), "a carriage return ends the line, as when a terminal stood between");
        }
        Piece piece = new Piece(line, lines.number());
        if (line[0] == '\\') {
            parts.metaCommand(piece);
            return;
        }
        parts.comment(piece);
    }

    private static boolean standsAlone(byte[] line) {
        return line[0] == '\\' || isBlankOrComment(line, 0);
    }

    /** True when nothing but space or a comment follows in the line. */
    private static boolean isBlankOrComment(byte[] line, int from) {
        int i = from;
        while (i < line.length && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r' || line[i] == '\n')) {
            i++;
        }
        return i == line.length || i + 1 < line.length && line[i] == '-' && line[i + 1] == '-';
    }

    private void statements(byte[] line) throws IOException {
        int from = 0;
        while (from < line.length) {
            if (pending.size() == 0) {
                pendingLine = lines.number();
                parts.begins(pendingLine);
            }
            int end = lexer.feed(line, from, lines.number());
            if (end < 0) {
                pending.write(line, from, line.length - from);
                return;
            }
            int next = isBlankOrComment(line, end) ? line.length : end;
            pending.write(line, from, next - from);
            statement(new Piece(pending.toByteArray(), pendingLine));
            pending.reset();
            from = next;
        }
    }

    private void statement(Piece piece) throws IOException {
        String text = new String(piece.bytes(), charset).strip();
        if (lexer.takeBegin() && ROUTINE.matcher(text).find()) {
            throw DumpDamage.hostile(piece.line(), "a routine with an SQL-standard body");
        }
        if (!COPY.matcher(text).matches()) {
            encoding(text);
            parts.statement(piece);
            return;
        }
        Optional<CopyTable> table = CopyTable.parse(text, charset);
        if (table.isEmpty() || piece.bytes()[piece.bytes().length - 1] != '\n') {
            throw DumpDamage.hostile(piece.line(), "a COPY statement that pg_dump does not write");
        }
        copy = table.get();
        parts.copyBegins(copy, piece);
    }

    private void encoding(String statement) {
        Matcher named = ENCODING.matcher(statement);
        if (named.matches()) {
            charset = charsetOf(named.group(1));
        }
    }

    /** Java's charset for a name of PostgreSQL's; SQL_ASCII keeps bytes as they are, which for Druid are UTF-8. */
    private static Charset charsetOf(String encoding) {
        if (encoding.equals("SQL_ASCII")) {
            return StandardCharsets.UTF_8;
        }
        String name = encoding.startsWith("WIN") ? encoding.replace("WIN", "windows-") : encoding.replace("_", "-");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private void row() throws IOException {
        byte[] bytes = lines.bytes();
        int start = lines.start();
        int end = lines.end();
        if (lines.begins() && end - start == 2 && bytes[start] == '\\' && bytes[start + 1] == '.') {
            copy = null;
            parts.copyEnds(new Piece(Arrays.copyOfRange(bytes, start, lines.limit()), lines.number()));
            return;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\r' || bytes[i] == 0) {
                throw DumpDamage.at(
                        lines.number(),
                        "a raw " + (bytes[i] == 0 ? "NUL byte" : "carriage return") + " in the rows of table "
                                + copy.name());
            }
        }
        parts.row(new DumpParts.Slice(bytes, start, end, lines.limit(), lines.number()));
    }
}
