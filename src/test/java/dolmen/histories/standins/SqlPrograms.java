package dolmen.histories.standins;

import dolmen.stack.Command;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Stands for the programs psql and pg_dump: what they are told by their arguments is done in a session with a real
 * PostgreSQL, without a process. A dump is the text that pg_dump wrote of the empty tables, with the rows put in.
 */
final class SqlPrograms {
    private final Sessions sessions;
    private final String emptyDump;

    SqlPrograms(Sessions sessions, String emptyDump) {
        this.sessions = sessions;
        this.emptyDump = emptyDump;
    }

    Outcome run(Command command, OutputStream stdout) {
        List<String> arguments = command.arguments();
        if (arguments.contains("--version")) {
            return printed("psql (PostgreSQL) 15.18\n", stdout);
        }
        if (arguments.get(0).equals("df")) {
            return printed("Filesystem 1024-blocks Used Available Capacity Mounted on\nx 9 9 99999999 1% /\n", stdout);
        }
        String database = after(arguments, "-d").get(0);
        try {
            return sessions.with(database, session -> {
                if (arguments.contains("pg_dump")) {
                    dump(session, stdout);
                } else {
                    psql(session, arguments, stdout);
                }
                return new Outcome(0, "");
            });
        } catch (SQLException refused) {
            return new Outcome(2, "psql: ERROR:  " + refused.getSQLState() + ": " + plain(refused));
        }
    }

    private static String plain(SQLException refused) {
        return String.valueOf(refused.getMessage()).replaceFirst("^(ERROR|FATAL): ", "");
    }

    private void psql(Connection session, List<String> arguments, OutputStream stdout) throws SQLException {
        boolean together = arguments.contains("--single-transaction");
        session.setAutoCommit(!together);
        OutputStream shown = together ? OutputStream.nullOutputStream() : stdout;
        for (String file : after(arguments, "-f")) {
            script(session, Path.of(file));
        }
        for (String sql : after(arguments, "-c")) {
            statement(session, sql, shown);
        }
        if (together) {
            session.commit();
            session.setAutoCommit(true);
        }
        execute(session, "RESET ALL");
    }

    private static List<String> after(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        int from = arguments.indexOf("psql") < 0 ? arguments.indexOf("pg_dump") : arguments.indexOf("psql");
        for (int i = from; i < arguments.size() - 1; i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }

    private static void statement(Connection session, String sql, OutputStream stdout) throws SQLException {
        if (sql.startsWith("COPY (")) {
            copyOut(session, sql, stdout);
            return;
        }
        PrintWriter out = new PrintWriter(stdout, false, StandardCharsets.UTF_8);
        try (Statement statement = session.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    print(statement.getResultSet(), out);
                }
                rows = statement.getMoreResults();
            }
        }
        out.flush();
    }

    private static void print(ResultSet rows, PrintWriter out) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                String value = rows.getString(column);
                out.print((column > 1 ? "|" : "") + (value == null ? "" : value));
            }
            out.print('\n');
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private static CopyManager copying(Connection session) throws SQLException {
        return session.unwrap(PGConnection.class).getCopyAPI();
    }

    private static void copyOut(Connection session, String sql, OutputStream stdout) throws SQLException {
        try {
            copying(session).copyOut(sql, stdout);
        } catch (IOException broken) {
            throw new SQLException(broken.getMessage(), "08006", broken);
        }
    }

    private static void script(Connection session, Path file) throws SQLException {
        try {
            StringBuilder sql = new StringBuilder();
            StringBuilder rows = null;
            for (String line : Files.readString(file).split("\n", -1)) {
                if (rows != null && line.equals("\\.")) {
                    copying(session).copyIn(sql.toString(), new StringReader(rows.toString()));
                    sql.setLength(0);
                    rows = null;
                } else if (rows != null) {
                    rows.append(line).append('\n');
                } else if (line.startsWith("COPY ") && line.endsWith(" FROM stdin;")) {
                    execute(session, sql.toString());
                    sql.setLength(0);
                    sql.append(line, 0, line.length() - 1);
                    rows = new StringBuilder();
                } else if (!line.startsWith("\\")) {
                    sql.append(line).append('\n');
                }
            }
            execute(session, sql.toString());
        } catch (IOException unreadable) {
            throw new SQLException(unreadable.getMessage(), "58030", unreadable);
        }
    }

    private void dump(Connection session, OutputStream stdout) throws SQLException {
        session.setAutoCommit(false);
        execute(session, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        for (String line : emptyDump.split("(?<=\n)")) {
            printed(line, stdout);
            if (line.startsWith("COPY ") && line.endsWith(" FROM stdin;\n")) {
                copyOut(session, line.replace(" FROM stdin;\n", " TO STDOUT"), stdout);
            }
        }
        session.commit();
        session.setAutoCommit(true);
    }

    private static Outcome printed(String text, OutputStream stdout) {
        try {
            stdout.write(text.getBytes(StandardCharsets.UTF_8));
            return new Outcome(0, "");
        } catch (IOException broken) {
            return new Outcome(1, "psql: error: " + broken.getMessage());
        }
    }
}
