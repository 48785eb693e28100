package dolmen;

import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docs/reference/settings.md}: every key of the shipped file, whose values {@code SettingsTest} holds to be the defaults. */
final class SettingsPage {
    private static final Path SHIPPED = Path.of("config/application.properties");

    private final Set<String> asked = asked();

    String text() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Settings

                Set in `config/application.properties`, or in the file that `--config` or `DOLMEN_CONFIG` names; a variable of the
                environment wins over the file, and `-Dkey=value` in `DOLMEN_OPTS` over both. An empty value is the default. A key
                that does not exist is refused, with the nearest one that does. Secrets are better kept in a file that holds
                nothing else: its key ends with `-file`. Made from the code: `%s`.
                """.formatted(Page.MADE_BY));
        for (String block : Files.readString(SHIPPED).split("\n\n")) {
            page.append(section(block.strip().lines().toList()));
        }
        return page.toString();
    }

    private String section(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#")) {
                comment.add(line.substring(1).strip());
                continue;
            }
            int equals = line.indexOf('=');
            String what = comment.isEmpty() ? "as above" : String.join(" ", comment);
            rows.add(row(line.substring(0, equals), line.substring(equals + 1), what));
            comment.clear();
        }
        if (rows.isEmpty()) {
            return "";
        }
        String rest = comment.isEmpty() ? "" : "\n" + String.join(" ", comment) + "\n";
        return "\n## " + heading(rows) + "\n\n"
                + Page.table(List.of("setting", "default", "what it is", "in the environment"), rows) + rest;
    }

    private List<String> row(String key, String value, String comment) {
        boolean secret = asked.contains(key + "-file");
        return List.of(
                "`" + key + "`" + (secret ? "<br>`" + key + "-file`" : ""),
                value.isEmpty() ? "" : "`" + value + "`",
                comment,
                "`" + variable(key) + "`" + (secret ? "<br>`" + variable(key + "-file") + "`" : ""));
    }

    private static String heading(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.get(0).replaceFirst("`(dolmen\\.(storage\\.retention|[a-z-]+))\\..*", "$1"))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Set<String> asked() {
        SettingsSource source = new SettingsSource(new Properties(), Map.of(), new Properties());
        Settings.from(source);
        return source.asked();
    }
}
