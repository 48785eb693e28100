package dolmen.restore;

import dolmen.database.postgres.PostgresFixture;
import dolmen.settings.SettingsSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The settings of a plain stack. */
final class PlainSettings {
    private PlainSettings() {}

    /** The settings of a Dolmen for this stack, whose Druid does not answer, key by key. */
    static Map<String, String> of(PlainStack stack) {
        Map<String, String> properties = new TreeMap<>();
        Path down = stack.home.resolve("down");
        Map.ofEntries(
                        Map.entry("catalog.path", stack.home.resolve("catalog")),
                        Map.entry("inbox.path", stack.home.resolve("inbox")),
                        Map.entry("dead-letter.path", stack.home.resolve("dead-letter")),
                        Map.entry("state.path", stack.home.resolve("state")),
                        Map.entry("stack.kind", "local"),
                        Map.entry("stack.services", "historical,coordinator"),
                        Map.entry("stack.stop-command", "touch " + down + "/{service}"),
                        Map.entry("stack.start-command", "rm -f " + down + "/{service}"),
                        Map.entry("stack.running-command", "test ! -e " + down + "/{service}"),
                        Map.entry("metadata.database", stack.database),
                        Map.entry("metadata.user", "druid"),
                        Map.entry("metadata.password", PostgresFixture.PASSWORD),
                        Map.entry("metadata.host", "127.0.0.1"),
                        Map.entry("metadata.port", stack.postgres.port()),
                        Map.entry("segments.path", stack.shared),
                        Map.entry("segments.caches", "historical:" + stack.home.resolve("cache")),
                        Map.entry("metabase.kind", "none"),
                        Map.entry("druid.url", "http://127.0.0.1:9"),
                        Map.entry("druid.call-limit", "1s"),
                        Map.entry("druid.verify-limit", "1s"),
                        Map.entry("retry.attempts", "1"))
                .forEach((key, value) -> properties.put("dolmen." + key, value.toString()));
        return properties;
    }

    static SettingsSource source(PlainStack stack) {
        Properties properties = new Properties();
        properties.putAll(of(stack));
        return new SettingsSource(properties, Map.of(), new Properties());
    }
}
