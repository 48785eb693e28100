package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script that psql is given, made from a dump: what the target does not know or may not do is left out (blank lines
 * stand in its place, so that line numbers stay), rows pass byte for byte. Left out are restrict commands that an older
 * psql does not know, owners and rights of roles that the target lacks, and statements about things that every new
 * database has.
 */
public final class RestoreScript {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreScript.class);

    /** Parameters that pg_dump sets, and the first version number of the servers that know them. */
    private static final Map<String, Integer> PARAMETERS = Map.of(
            "SET transaction_timeout ", 170000,
            "SET default_table_access_method ", 120000,
            "SET idle_in_transaction_session_timeout ", 90600);

    /** What pg_dump --clean writes besides DROP. */
    private static final Pattern CLEAN =
            Pattern.compile("ALTER TABLE [^;]+ (?:DROP CONSTRAINT (?:IF EXISTS )?[^ ;]+|DROP DEFAULT);");

    private final ServerInfo target;
    private final boolean knowsRestrict;

    public RestoreScript(ServerInfo target) {
        this.target = target;
        this.knowsRestrict = PostgresVersion.parse(target.clientVersion()).knowsRestrict();
    }

    /** Refuses a dump of a newer major version than the target's. */
    public void check(DumpSummary dump) {
        PostgresVersion source = PostgresVersion.parse(dump.serverVersion());
        if (source.major() > PostgresVersion.parse(target.version()).major()) {
            throw new StepFailure.Refused(
                    "the dump was made of PostgreSQL " + dump.serverVersion() + ", the target is the older "
                            + target.version(),
                    "Restore into PostgreSQL " + source.major() + " or newer.");
        }
    }

    /** The number of statements and commands of the dump that would be left out. */
    long omissions(InputStream dump) throws IOException {
        return sum(filter(dump, OutputStream.nullOutputStream()));
    }

    /** Writes the script and returns the number of what was left out; the caller closes both streams. */
    public long write(InputStream dump, OutputStream script) throws IOException {
        Map<String, Long> omitted = filter(dump, script);
        omitted.forEach((reason, count) -> LOG.info("left out {} statements of the dump: {}", count, reason));
        return sum(omitted);
    }

    private Map<String, Long> filter(InputStream dump, OutputStream script) throws IOException {
        Filter filter = new Filter(script);
        DumpScanner.scan(dump, filter);
        return filter.omitted;
    }

    private static long sum(Map<String, Long> omitted) {
        return omitted.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Why the target cannot take the statement; empty when it can. */
    Optional<String> objection(String statement) {
        Optional<String> owner =
                Statements.owner(statement).filter(role -> !target.ownRoles().contains(role));
        if (owner.isPresent()) {
            return owner.map(role -> "role '" + role + "' is not there, or may not be given ownership by this user");
        }
        Optional<String> grantee = Statements.grantees(statement).stream()
                .filter(role -> !target.roles().contains(role))
                .findFirst();
        if (grantee.isPresent()) {
            return grantee.map(role -> "role '" + role + "' is not there");
        }
        return needless(statement)
                .or(() -> PARAMETERS.entrySet().stream()
                        .filter(known ->
                                statement.startsWith(known.getKey()) && target.versionNumber() < known.getValue())
                        .map(known -> "the server does not know the parameter of '"
                                + known.getKey().strip() + "'")
                        .findFirst());
    }

    /** Why a database that was just made does not need the statement; empty when it does. */
    private static Optional<String> needless(String statement) {
        if (statement.equals("CREATE SCHEMA public;") || statement.startsWith("COMMENT ON SCHEMA public ")) {
            return Optional.of("a new database has the schema public");
        }
        if (statement.startsWith("COMMENT ON EXTENSION ")) {
            return Optional.of("comments on extensions belong to their owner");
        }
        if (statement.startsWith("DROP ") || CLEAN.matcher(statement).matches()) {
            return Optional.of("a new database has nothing to drop");
        }
        boolean session = statement.startsWith("SET SESSION AUTHORIZATION ")
                || statement.startsWith("RESET SESSION AUTHORIZATION");
        return session ? Optional.of("everything is made by one user") : Optional.empty();
    }

    private final class Filter implements DumpParts {
        private final OutputStream script;
        private final Map<String, Long> omitted = new TreeMap<>();

        Filter(OutputStream script) {
            this.script = script;
        }

        @Override
        public void comment(Piece piece) throws IOException {
            script.write(piece.bytes());
        }

        @Override
        public void metaCommand(Piece piece) throws IOException {
            if (knowsRestrict) {
                script.write(piece.bytes());
                return;
            }
            omit("psql " + target.clientVersion() + " does not know the restrict command", piece);
        }

        @Override
        public void begins(long line) {
            // only whole statements are judged
        }

        @Override
        public void statement(Piece piece) throws IOException {
            Optional<String> objection = objection(piece.text());
            if (objection.isEmpty()) {
                script.write(piece.bytes());
                return;
            }
            omit(objection.get(), piece);
        }

        @Override
        public void copyBegins(CopyTable table, Piece piece) throws IOException {
            script.write(piece.bytes());
        }

        @Override
        public void row(Slice slice) throws IOException {
            script.write(slice.bytes(), slice.start(), slice.limit() - slice.start());
        }

        @Override
        public void copyEnds(Piece piece) throws IOException {
            script.write(piece.bytes());
        }

        private void omit(String reason, Piece piece) throws IOException {
            omitted.merge(reason, 1L, Long::sum);
            script.write("\n".repeat(piece.newlines()).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
