package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets among the settings, which nothing shows. */
class SecretSettingsTest {
    @TempDir
    Path folder;

    @Test
    @Tag("SE-02")
    void what_was_read_as_a_secret_is_never_shown() {
        Properties file = new Properties();
        for (String key : java.util.List.of(
                "dolmen.storage.secret-key",
                "dolmen.druid.password",
                "dolmen.metadata.password",
                "dolmen.metabase.password")) {
            file.setProperty(key, "hidden");
        }
        file.setProperty("dolmen.storage.access-key", "known");
        SettingsSource source = source(file);
        Settings.from(source);
        assertThat(source.shown())
                .containsEntry("dolmen.storage.access-key", "known")
                .doesNotContainValue("hidden");
    }

    @Test
    @Tag("SE-02")
    void a_secret_is_read_from_its_file_and_never_printed() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, "p@:/#%$'\"\\ x&+\n");
        Properties properties = new Properties();
        properties.setProperty("dolmen.druid.password-file", file.toString());
        Settings settings = Settings.from(source(properties));
        assertThat(settings.druid().password().orElseThrow().reveal()).isEqualTo("p@:/#%$'\"\\ x&+");
        assertThat(settings.toString()).doesNotContain("p@:");
    }

    @Test
    void a_secret_s_file_that_is_too_large_or_no_text_is_refused_and_not_shown() throws Exception {
        Path garbage = Files.write(folder.resolve("garbage"), new byte[] {'s', 'e', 'c', 'r', 'e', 't', (byte) 0xff});
        for (Path file : List.of(Path.of("/dev/zero"), garbage, folder)) {
            Properties properties = new Properties();
            properties.setProperty("dolmen.druid.password-file", file.toString());
            assertThatThrownBy(() -> Settings.from(source(properties)))
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("dolmen.druid.password-file")
                    .message()
                    .doesNotContain("secret\uFFFD");
        }
    }

    @Test
    void a_secret_s_file_that_is_empty_is_refused_since_it_would_let_everybody_in() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Properties properties = new Properties();
        properties.setProperty("dolmen.http.user", "ops");
        properties.setProperty("dolmen.http.password-file", empty.toString());
        assertThatThrownBy(() -> Settings.from(source(properties)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("dolmen.http.password-file")
                .hasMessageContaining("is empty");
    }

    private static SettingsSource source(Properties file) {
        return new SettingsSource(file, Map.of(), new Properties());
    }
}
