package dolmen.metabase.h2;

import dolmen.model.Secret;
import dolmen.settings.MetabaseSettings;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Mount;
import dolmen.stack.memory.MemoryHost;
import dolmen.stack.memory.MemoryService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small H2 databases with Metabase's main tables. */
public final class H2Fixture {
    private H2Fixture() {}

    /** A closed database with this number of rows in each table; the path is without {@code .mv.db}. */
    public static void create(Path stem, int rows) throws SQLException {
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

    /** A host whose one service is the container of a Metabase that does not run, and sees the files of this machine. */
    public static MemoryHost host() {
        MemoryHost host = new MemoryHost();
        MemoryService metabase = host.service("metabase");
        metabase.running = false;
        metabase.id = "id";
        metabase.image = "metabase/metabase:v0.49.3";
        metabase.mounts = List.of(new Mount("/", Path.of("/"), Optional.empty()));
        return host;
    }

    /** Variables of a service, given as names and values in turn. */
    public static Map<String, Secret> variables(String... pairs) {
        Map<String, Secret> variables = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            variables.put(pairs[at], new Secret(pairs[at + 1]));
        }
        return variables;
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
