package dolmen.database.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands around a dump: the header before anything else, the versions, the end marker after everything, and the
 * pair of restrict and unrestrict commands that pg_dump writes since August 2025.
 */
final class DumpFrame {
    private static final String HEADER = "-- PostgreSQL database dump";
    private static final String MARKER = "-- PostgreSQL database dump complete";
    private static final String SERVER = "-- Dumped from database version ";
    private static final String CLIENT = "-- Dumped by pg_dump version ";
    private static final Pattern RESTRICT = Pattern.compile("\\\\(un)?restrict ([A-Za-z0-9]+)");

    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\D.*)?");

    private boolean begun;
    private boolean complete;
    private String server = "";
    private String client = "";
    private String token = "";

    void comment(Piece piece) {
        String text = piece.text();
        if (text.equals(HEADER)) {
            begun = true;
        }
        if (text.equals(MARKER)) {
            complete = true;
        }
        if (text.startsWith(SERVER)) {
            server = version(text, SERVER);
        }
        if (text.startsWith(CLIENT)) {
            client = version(text, CLIENT);
        }
    }

    void metaCommand(Piece piece) {
        begins(piece.line());
        Matcher restrict = RESTRICT.matcher(piece.text());
        if (!restrict.matches()) {
            throw DumpDamage.hostile(piece.line(), "the psql command '" + firstWord(piece.text()) + "'");
        }
        boolean closes = restrict.group(1) != null;
        boolean fits = closes ? restrict.group(2).equals(token) : token.isEmpty();
        if (closes != complete || !fits) {
            throw DumpDamage.hostile(piece.line(), "'" + firstWord(piece.text()) + "' where pg_dump writes none");
        }
        token = closes ? "" : restrict.group(2);
    }

    /** To be called where a statement begins, with its line. */
    void content(long line) {
        begins(line);
        if (complete) {
            throw DumpDamage.at(line, "something follows the end marker");
        }
    }

    private void begins(long line) {
        if (!begun) {
            throw DumpDamage.of(
                    "the dump does not begin with the header of pg_dump: there is other text at line " + line,
                    "Make the dump again with only the standard output of pg_dump in the file, or use another backup.");
        }
    }

    /** To be called at the end of the dump. Throws {@code Damaged} when it is not whole. */
    void end() {
        if (!begun) {
            throw DumpDamage.of("the dump does not begin with the header of pg_dump", "Use another backup.");
        }
        if (!complete || !token.isEmpty()) {
            throw DumpDamage.of(
                    "the dump is cut: its end marker '" + (complete ? "\\unrestrict" : MARKER) + "' is missing",
                    "Use another backup.");
        }
        requireVersion();
    }

    /** A restore asks which versions of servers take the dump. */
    private void requireVersion() {
        if (!VERSION.matcher(server).matches()) {
            throw DumpDamage.of(
                    "the dump does not say of which version its server was: '" + SERVER.strip() + "' is missing",
                    "Use another backup.");
        }
    }

    String server() {
        return server;
    }

    String client() {
        return client;
    }

    private static String version(String text, String prefix) {
        return firstWord(text.substring(prefix.length()).strip());
    }

    private static String firstWord(String text) {
        return text.split("\\s", 2)[0];
    }
}
