package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The volume that holds a server's data. */
final class DataVolume {
    /** The fourth field of the last line of {@code df -Pk}: kibibytes that are free. */
    private static final Pattern FREE = Pattern.compile("(?s).*\\n\\S+ +\\d+ +\\d+ +(\\d+) +[^\\n]*\\n?");

    private DataVolume() {}

    /** Empty when the user may not ask for the folder, or the server runs on another machine. */
    static OptionalLong freeBytes(PostgresClient client) {
        List<JsonNode> folder =
                client.maintain("SELECT to_json(setting) FROM pg_settings WHERE name = 'data_directory'");
        if (folder.isEmpty()) {
            return OptionalLong.empty();
        }
        return client.besideServer("df", "-Pk", folder.get(0).asText())
                .map(FREE::matcher)
                .filter(Matcher::matches)
                .map(free -> OptionalLong.of(Long.parseLong(free.group(1)) * 1024))
                .orElse(OptionalLong.empty());
    }
}
