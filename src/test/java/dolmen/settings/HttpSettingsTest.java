package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    @TempDir
    Path folder;

    private final Properties file = new Properties();

    @Test
    void by_default_only_this_machine_is_served() {
        assertThat(read().enabled()).isTrue();
        assertThat(read().address()).isEqualTo("127.0.0.1");
        assertThat(read().port()).isEqualTo(8181);
        assertThat(read().guarded()).isFalse();
    }

    @Test
    void an_address_that_others_reach_needs_credentials() {
        for (String address : List.of("0.0.0.0", "::", "192.168.1.5", "backup.example.org", "127.0.0.1.example.org")) {
            file.setProperty("dolmen.http.address", address);
            assertThatThrownBy(this::read).isInstanceOfSatisfying(Unusable.class, failure -> {
                assertThat(failure).hasMessageContaining(address);
                assertThat(failure.hint()).contains("dolmen.http.password-file", "dolmen.http.token-file");
            });
        }
        file.setProperty("dolmen.http.token", "t0ken");
        assertThat(read().guarded()).isTrue();
        file.remove("dolmen.http.token");
        file.setProperty("dolmen.http.enabled", "false");
        assertThat(read().enabled()).isFalse();
        file.setProperty("dolmen.http.enabled", "true");
        for (String address : List.of("localhost", "127.0.0.1", "127.8.0.3", "::1")) {
            file.setProperty("dolmen.http.address", address);
            assertThat(read().guarded()).isFalse();
        }
    }

    @Test
    void credentials_are_read_from_files_and_never_printed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "hidden\n");
        file.setProperty("dolmen.http.user", "ops");
        file.setProperty("dolmen.http.password-file", secret.toString());
        file.setProperty("dolmen.http.token-file", secret.toString());
        assertThat(read().password().orElseThrow().reveal()).isEqualTo("hidden");
        assertThat(read().token().orElseThrow().reveal()).isEqualTo("hidden");
        assertThat(read().toString()).doesNotContain("hidden");
    }

    @Test
    void wrong_values_name_their_keys() {
        refused("dolmen.http.port", "0");
        refused("dolmen.http.port", "70000");
        refused("dolmen.http.user", "ops");
    }

    private void refused(String key, String value) {
        file.setProperty(key, value);
        assertThatThrownBy(this::read).isInstanceOf(Unusable.class).hasMessageContaining(key);
        file.remove(key);
    }

    private HttpSettings read() {
        return Settings.from(new SettingsSource(file, Map.of(), new Properties()))
                .http();
    }
}
