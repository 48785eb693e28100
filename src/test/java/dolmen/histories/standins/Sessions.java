package dolmen.histories.standins;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Sessions with databases of one server, kept between calls, since a new one for each takes long. */
public final class Sessions implements AutoCloseable {
    private final int port;
    private final String user;
    private final String password;
    private final Map<String, Connection> idle = new HashMap<>();

    public Sessions(int port, String user, String password) {
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /** Something that is done in a session. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Executes one statement. */
    public void execute(String database, String sql) {
        try {
            with(database, session -> {
                try (Statement statement = session.createStatement()) {
                    return statement.execute(sql);
                }
            });
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** Does it in a session of its own at this time. */
    public <T> T with(String database, Work<T> work) throws SQLException {
        Connection connection = take(database);
        boolean done = false;
        try {
            T result = work.in(connection);
            done = true;
            return result;
        } finally {
            if (done) {
                giveBack(database, connection);
            } else {
                connection.close();
            }
        }
    }

    private Connection take(String database) throws SQLException {
        Connection kept;
        synchronized (idle) {
            kept = idle.remove(database);
        }
        if (kept != null && kept.isValid(5)) {
            return kept;
        }
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable"); // is not asked for first, either
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void giveBack(String database, Connection connection) throws SQLException {
        synchronized (idle) {
            if (idle.putIfAbsent(database, connection) != null) {
                connection.close();
            }
        }
    }

    /** Ends all that are kept, since the names of databases change. */
    @Override
    public void close() {
        synchronized (idle) {
            idle.values().forEach(Sessions::close);
            idle.clear();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
