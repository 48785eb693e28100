package dolmen.metabase.h2;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of Metabase's H2 file, opened read-only: its format and the rows of Metabase's core tables. Throws
 * {@code Damaged} when it does not open or is not Metabase's.
 */
final class H2File {
    /** The format that H2 2.1, the version of Metabase 46 and later, writes. */
    static final String READABLE = "2";

    private static final List<String> CORE_TABLES = List.of(
            "core_user", "report_card", "report_dashboard", "metabase_database", "setting", "api_key", "collection");
    private static final int HEADER = 4096;
    private static final Pattern FORMAT = Pattern.compile("^H:2,.*?format:(\\d+)", Pattern.DOTALL);
    private static final int WRONG_LOGIN = 28000;

    private final Path file;
    private final Optional<String> user;
    private final Optional<Secret> password;

    /** Metabase uses no user and no password; others are tried when they are given. */
    H2File(Path file, Optional<String> user, Optional<Secret> password) {
        this.file = file;
        this.user = user;
        this.password = password;
    }

    /** The number in the file's header: 1 for H2 1.x, 2 for 2.0 and 2.1, 3 for later ones. */
    String format() {
        try (InputStream in = Files.newInputStream(file)) {
            return format(in);
        } catch (IOException unreadable) {
            throw damaged(unreadable.getMessage(), unreadable);
        }
    }

    /** The number in the header that the stream begins with. */
    static String format(InputStream in) throws IOException {
        Matcher header = FORMAT.matcher(new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1));
        if (header.find()) {
            return header.group(1);
        }
        throw damaged("it has no header of H2", null);
    }

    /** The versions of H2 that write this format. */
    static String writer(String format) {
        return switch (format) {
            case "1" -> "H2 1.x";
            case READABLE -> "H2 2.0 or 2.1";
            default -> "H2 2.2 or later";
        };
    }

    /**
     * Rows per core table; tables that this version of Metabase does not have are left out. Throws {@code Refused} for a
     * file that would run a program when it is opened.
     */
    SortedMap<String, Long> counts() {
        H2Definitions.requireHarmless(file);
        try (Connection connection = open()) {
            SortedMap<String, Long> counts = new TreeMap<>();
            for (String table : CORE_TABLES) {
                Optional<String> name = realName(connection, table);
                if (name.isPresent()) {
                    counts.put(table, count(connection, name.get()));
                }
            }
            if (!counts.containsKey("core_user")) {
                throw damaged("it has no table core_user: it is not Metabase's", null);
            }
            return counts;
        } catch (SQLException broken) {
            throw damaged(broken.getMessage(), broken);
        }
    }

    private Connection open() throws SQLException {
        try {
            return open("", "");
        } catch (SQLException refused) {
            if (refused.getErrorCode() != WRONG_LOGIN || user.isEmpty()) {
                throw refused;
            }
            return open(user.get(), password.map(Secret::reveal).orElse(""));
        }
    }

    private Connection open(String name, String word) throws SQLException {
        // H2 refuses a path that does not say where it begins.
        String stem = file.toAbsolutePath().toString().replaceFirst("\\.mv\\.db$", "");
        return DriverManager.getConnection("jdbc:h2:file:" + stem + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE", name, word);
    }

    private static Optional<String> realName(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE LOWER(TABLE_NAME) = ?"
                        + " AND LOWER(TABLE_SCHEMA) = 'public' AND TABLE_TYPE = 'BASE TABLE'")) {
            query.setString(1, table);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet counted = query.executeQuery("SELECT COUNT(*) FROM PUBLIC.\"" + table + "\"")) {
            counted.next();
            return counted.getLong(1);
        }
    }

    static StepFailure damaged(String why, Throwable cause) {
        return new StepFailure.Damaged(
                "Metabase's H2 file cannot be opened: " + why,
                "Was it written to while it was copied? Make the backup again, or take another one.",
                cause);
    }
}
