package dolmen.metabase.h2;

import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetabaseSettings.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Small H2 databases with Metabase's main tables. */
public final class H2Fixture {
    private H2Fixture() {}

    /** A closed database with this number of rows in each table; the path is without {@code .mv.db}. */
    static void create(Path stem, int rows) throws SQLException {
        try (Connection connection = open(stem)) {
            tables(connection);
            for (int row = 0; row < rows; row++) {
                insert(connection);
            }
        }
    }

    static Connection open(Path stem) throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + stem, "", "");
    }

    static void tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("core_user", "report_card", "report_dashboard", "metabase_database")) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + table
                        + " (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR)");
            }
            statement.execute("CREATE TABLE IF NOT EXISTS setting (\"KEY\" VARCHAR, \"VALUE\" VARCHAR)");
        }
    }

    /** One row in each of two tables, in one transaction. */
    static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO core_user (name) VALUES (REPEAT('u', 500))");
            statement.execute("INSERT INTO report_card (name) VALUES (REPEAT('c', 500))");
        }
        connection.commit();
    }

    static long users(Path stem) throws SQLException {
        try (Connection connection = open(stem);
                Statement statement = connection.createStatement();
                var counted = statement.executeQuery("SELECT COUNT(*) FROM core_user")) {
            counted.next();
            return counted.getLong(1);
        }
    }

    public static MetabaseSettings settings(Kind kind, String service, String file) {
        return new MetabaseSettings(
                kind,
                service,
                Optional.ofNullable(file),
                "postgres",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5432,
                Optional.empty(),
                Duration.ofMinutes(1));
    }
}
