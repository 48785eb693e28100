package dolmen.database.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds where a statement ends, by psql's own rules for quotes, dollar quotes, comments and parentheses, so that what
 * is a command to psql is never taken for text. A backslash outside quotes is refused: psql would run it as a
 * meta-command, wherever it stands in a line.
 *
 * @see <a href="https://www.postgresql.org/docs/17/app-psql.html">psql: meta-commands</a>
 */
final class StatementLexer {
    private enum State {
        PLAIN,
        STRING,
        ESCAPE_STRING,
        NAME,
        DOLLAR,
        COMMENT
    }

    private State state = State.PLAIN;
    private int parenthesisDepth;
    private int commentDepth;
    private byte[] dollarTag;
    private boolean beginSeen;
    private boolean afterEscapeString;

    /**
     * Takes one line (its newline included) from an index on.
     *
     * @return the index behind the semicolon that ends the statement, -1 when it goes on in the next line
     */
    int feed(byte[] line, int from, long number) {
        int i = from;
        while (i < line.length) {
            boolean bare = state == State.PLAIN;
            i = bare ? plain(line, i, number) : quoted(line, i);
            if (i < 0) {
                return -1;
            }
            if (bare && line[i - 1] == ';' && parenthesisDepth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** True when the bare word BEGIN was seen since the last call: psql then waits for an END, not for a semicolon. */
    boolean takeBegin() {
        boolean seen = beginSeen;
        beginSeen = false;
        return seen;
    }

    /** One token outside quotes; the index behind it, -1 when the rest of the line is a comment. */
    private int plain(byte[] line, int i, long number) {
        byte b = line[i];
        if (startsWord(b)) {
            afterEscapeString = false;
            return word(line, i, number);
        }
        boolean isSpace = b == ' ' || b == '\t' || b == '\n';
        byte next = i + 1 < line.length ? line[i + 1] : 0;
        if (b == '-' && next == '-') {
            return -1;
        }
        if (b == '/' && next == '*') {
            state = State.COMMENT;
            commentDepth = 1;
            return i + 2;
        }
        if (b == '\'' && afterEscapeString) {
            throw DumpDamage.hostile(number, "an escape string that goes on in another line");
        }
        afterEscapeString &= isSpace;
        return symbol(line, i, number);
    }

    private int symbol(byte[] line, int i, long number) {
        switch (line[i]) {
            case '\'' -> state = State.STRING;
            case '"' -> state = State.NAME;
            case '(' -> parenthesisDepth++;
            case ')' -> parenthesisDepth = Math.max(0, parenthesisDepth - 1);
            case '$' -> {
                return dollar(line, i);
            }
            case '\\' -> throw DumpDamage.hostile(number, "a backslash command inside a statement");
            case '\r' -> throw DumpDamage.at(number, "a carriage return outside of values");
            default -> {}
        }
        return i + 1;
    }

    private int word(byte[] line, int i, long number) {
        int end = i;
        while (end < line.length && continuesWord(line[end])) {
            end++;
        }
        if (end - i == 5 && new String(line, i, 5, StandardCharsets.ISO_8859_1).equalsIgnoreCase("begin")) {
            beginSeen = true;
        }
        boolean escape = end - i == 1 && (line[i] == 'E' || line[i] == 'e') && end < line.length && line[end] == '\'';
        if (!escape) {
            return end;
        }
        if (i > 0 && (isDigit(line[i - 1]) || line[i - 1] == '.')) {
            throw DumpDamage.hostile(number, "a number that runs into a string");
        }
        state = State.ESCAPE_STRING;
        return end + 1;
    }

    private int dollar(byte[] line, int i) {
        int end = i + 1;
        if (end < line.length && startsWord(line[end])) {
            while (end < line.length && line[end] != '$' && continuesWord(line[end])) {
                end++;
            }
        }
        if (end >= line.length || line[end] != '$') {
            return i + 1;
        }
        dollarTag = Arrays.copyOfRange(line, i, end + 1);
        state = State.DOLLAR;
        return end + 1;
    }

    private int quoted(byte[] line, int i) {
        return switch (state) {
            case ESCAPE_STRING -> escapeString(line, i);
            case DOLLAR -> dollarString(line, i);
            case COMMENT -> comment(line, i);
            default -> {
                if (line[i] == (state == State.STRING ? '\'' : '"')) {
                    state = State.PLAIN;
                }
                yield i + 1;
            }
        };
    }

    private int escapeString(byte[] line, int i) {
        boolean pair = i + 1 < line.length && line[i] == '\'' && line[i + 1] == '\'';
        if (line[i] == '\\' || pair) {
            return Math.min(i + 2, line.length);
        }
        if (line[i] == '\'') {
            state = State.PLAIN;
            afterEscapeString = true;
        }
        return i + 1;
    }

    private int dollarString(byte[] line, int i) {
        boolean closes = i + dollarTag.length <= line.length
                && Arrays.equals(line, i, i + dollarTag.length, dollarTag, 0, dollarTag.length);
        if (!closes) {
            return i + 1;
        }
        state = State.PLAIN;
        return i + dollarTag.length;
    }

    private int comment(byte[] line, int i) {
        byte next = i + 1 < line.length ? line[i + 1] : 0;
        if (line[i] == '/' && next == '*') {
            commentDepth++;
            return i + 2;
        }
        if (line[i] != '*' || next != '/') {
            return i + 1;
        }
        commentDepth--;
        if (commentDepth == 0) {
            state = State.PLAIN;
        }
        return i + 2;
    }

    private static boolean startsWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b < 0;
    }

    private static boolean continuesWord(byte b) {
        return startsWord(b) || isDigit(b) || b == '$';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
