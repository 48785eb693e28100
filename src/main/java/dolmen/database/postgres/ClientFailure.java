package dolmen.database.postgres;

import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a client program of PostgreSQL ended with an error, from its exit status and its stderr: {@code Unavailable} when
 * it may pass, else {@code Failed}. Quotes errors without the data that some of them carry.
 *
 * @see <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL: error codes</a>
 */
public final class ClientFailure {
    /** The error line of psql with {@code VERBOSITY=verbose}; a failed connection has no code. */
    private static final Pattern ERROR = Pattern.compile(
            "^.*?(?:ERROR|FATAL|PANIC|error|fatal): {1,2}(?:(?:ERROR|FATAL|PANIC): {1,2})?"
                    + "(?:((?=[A-Z]*\\d)[0-9A-Z]{5}): )?(.*)$",
            Pattern.MULTILINE);

    private static final Pattern STATEMENT = Pattern.compile("^(?:psql:.*: )?STATEMENT: {1,2}(.*)$", Pattern.MULTILINE);
    private static final Pattern PLACE = Pattern.compile("^psql:.*:(\\d+): (?:ERROR|FATAL)", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^CONTEXT: {1,2}(COPY [^,]+, line \\d+(?:, column [^:]+)?)", Pattern.MULTILINE);
    private static final int SHOWN = 200;

    private static final List<String> PASSING = List.of(
            "Connection refused",
            "Is the server running",
            "Connection reset by peer",
            "Temporary failure in name resolution",
            "Connection timed out",
            "timeout expired",
            "the database system is ",
            "too many connections",
            "too many clients already",
            "remaining connection slots are reserved",
            "server closed the connection unexpectedly",
            "terminating connection",
            "connection to server was lost",
            "could not receive data from server");

    private static final List<Map.Entry<String, String>> HINTS = List.of(
            Map.entry("password authentication failed", "Set the right user and password."),
            Map.entry("no password supplied", "Set the password."),
            Map.entry("no pg_hba.conf entry", "Let this user connect from here, in the server's pg_hba.conf."),
            Map.entry("server version mismatch", "Use client programs that are not older than the server."),
            Map.entry("No space left on device", "Make room on the disk of PostgreSQL."),
            Map.entry("permission denied", "Use a user that owns the database and may create databases."),
            Map.entry("role \"", "Set the user that the server knows."),
            Map.entry("database \"", "Set the name of the database that Druid or Metabase uses."));

    private static final String NOT_FOUND_HINT =
            "Install PostgreSQL's client programs (pg_dump and psql) where the service runs.";

    private ClientFailure() {}

    /** The failure, for a message that begins with what was tried. */
    public static StepFailure of(String tried, Outcome outcome) {
        if (outcome.exitStatus() == 127 || outcome.exitStatus() == 126) {
            return new StepFailure.Failed(tried + ": the program was not found or cannot be run", NOT_FOUND_HINT);
        }
        ErrorLine error = ErrorLine.of(outcome);
        String message = tried + ": " + error.withoutData() + place(outcome.stderr());
        if (error.mayPass(outcome.stderr())) {
            return new StepFailure.Unavailable(message, "Wait until PostgreSQL answers, or see its log.");
        }
        return new StepFailure.Failed(message, hint(outcome.stderr()));
    }

    /** The SQLSTATE of the error; empty when the program gave none. */
    static String code(Outcome outcome) {
        return ErrorLine.of(outcome).code();
    }

    /** Where in a script it happened: psql names the line, and the statement without its rows. */
    private static String place(String stderr) {
        List<String> parts = new ArrayList<>();
        Matcher line = PLACE.matcher(stderr);
        if (line.find()) {
            parts.add("line " + line.group(1));
        }
        Matcher statement = STATEMENT.matcher(stderr);
        if (statement.find()) {
            String text = statement.group(1).strip();
            parts.add("statement '" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'");
        }
        Matcher row = ROW.matcher(stderr);
        if (row.find()) {
            parts.add(row.group(1));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String hint(String stderr) {
        return HINTS.stream()
                .filter(known -> stderr.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("See the log of PostgreSQL.");
    }

    private record ErrorLine(String code, String text) {
        public static ErrorLine of(Outcome outcome) {
            Matcher error = ERROR.matcher(outcome.stderr());
            if (error.find()) {
                return new ErrorLine(
                        error.group(1) == null ? "" : error.group(1),
                        error.group(2).strip());
            }
            String first = outcome.stderr().strip().lines().findFirst().orElse("");
            return new ErrorLine("", first.isEmpty() ? "ended with status " + outcome.exitStatus() : first);
        }

        /** Of a wrong value (class 22) only what stands before the value. */
        String withoutData() {
            return code.startsWith("22") ? text.split(": \"", 2)[0] : text;
        }

        boolean mayPass(String stderr) {
            if (!code.isEmpty()) {
                return code.startsWith("08") || code.startsWith("57P0") || code.equals("53300");
            }
            return PASSING.stream().anyMatch(stderr::contains);
        }
    }
}
