package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.settings.StorageSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a bucket is addressed, and what is said where it cannot be reached. */
class S3AddressTest {

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Store store;

    @BeforeAll
    static void a_bucket() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        store = S3Store.of(server.settings(S3Server.SECRET_KEY, 0));
    }

    @AfterAll
    static void ends() throws Exception {
        store.close();
        server.close();
    }

    @Test
    void what_a_person_can_mend_says_how_and_nothing_tells_the_secret() {
        try (S3Store wrong = S3Store.of(server.settings("another secret", 0))) {
            assertThatThrownBy(() -> wrong.list("stack/"))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("403")
                    .satisfies(failure ->
                            assertThat(((StepFailure) failure).hint()).contains("secret-key"))
                    .satisfies(S3AddressTest::keepsSecrets);
        }
        try (S3Store nowhere =
                S3Store.of(S3Server.settings(server.endpoint(), "no-such-bucket", S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> nowhere.list("stack/"))
                    .isInstanceOf(StepFailure.Failed.class)
                    .satisfies(failure ->
                            assertThat(((StepFailure) failure).hint()).contains("dolmen.storage.bucket"));
        }
        try (S3Store closed = S3Store.of(
                S3Server.settings(URI.create("http://127.0.0.1:9"), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            assertThatThrownBy(() -> closed.list("stack/"))
                    .isInstanceOf(StepFailure.Unavailable.class)
                    .satisfies(S3AddressTest::keepsSecrets);
        }
        assertThatThrownBy(() -> store.read("stack/absent")).isInstanceOf(StepFailure.NothingToRestore.class);
    }

    @Test
    void a_file_of_authorities_that_cannot_be_read_is_named_with_the_setting_of_the_store() {
        Properties set = new Properties();
        set.setProperty("dolmen.storage.bucket", "backups");
        set.setProperty("dolmen.storage.ca-file", folder.resolve("absent.pem").toString());
        assertThatThrownBy(() -> S3Store.of(settings(set)))
                .isInstanceOf(StepFailure.Unusable.class)
                .hasMessageContaining("dolmen.storage.ca-file")
                .hasMessageContaining("absent.pem");
    }

    @Test
    @Tag("UP-05")
    void with_an_endpoint_the_bucket_s_name_is_no_part_of_the_host_s_unless_that_is_asked_for() throws Exception {
        Properties set = new Properties();
        set.setProperty("dolmen.storage.bucket", "my.backups");
        set.setProperty("dolmen.storage.access-key", S3Server.ACCESS_KEY);
        set.setProperty("dolmen.storage.secret-key", S3Server.SECRET_KEY);
        assertThat(settings(set).pathStyle()).isFalse();
        set.setProperty("dolmen.storage.endpoint", server.endpoint().toString());
        assertThat(settings(set).pathStyle()).isTrue();
        Files.createDirectories(folder.resolve("s3/my.backups"));
        try (S3Store dotted = S3Store.of(settings(set))) {
            dotted.put("dolmen/x", "text");
            assertThat(dotted.list("dolmen/")).containsExactly("dolmen/x");
        }
        set.setProperty("dolmen.storage.path-style", "false");
        assertThat(settings(set).pathStyle()).isFalse();
    }

    private static StorageSettings settings(Properties set) {
        return Settings.from(new SettingsSource(set, Map.of(), new Properties()))
                .storage();
    }

    private static void keepsSecrets(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(S3Server.SECRET_KEY, "another secret");
        }
    }
}
