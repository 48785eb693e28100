package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CopySettingsTest {
    @Test
    void the_place_has_neither_user_nor_password_nor_options() {
        assertThat(place("file:/mnt/nas/dolmen")).isEqualTo("file:/mnt/nas/dolmen");
        assertThat(place("sftp:backup@host:22/folder?password=RAW(a@b?c)")).isEqualTo("sftp:host:22/folder");
        assertThat(place("sftp://backup:p@ss@host/folder")).isEqualTo("sftp:host/folder");
        assertThat(place("azure-storage-blob:account/backups?accessKey=x"))
                .isEqualTo("azure-storage-blob:account/backups");
    }

    @Test
    void another_user_is_another_place_and_another_password_is_none() {
        String identity = settings("sftp:backup@host/folder?password=a").identity();
        assertThat(settings("sftp:backup@host/folder?password=b").identity()).isEqualTo(identity);
        assertThat(settings("sftp://backup:c@d@host/folder").identity()).isEqualTo(identity);
        assertThat(settings("sftp:other@host/folder?password=a").identity()).isNotEqualTo(identity);
        assertThat(settings("sftp:host/folder?password=a&username=other").identity())
                .isNotEqualTo(
                        settings("sftp:host/folder?password=a&username=backup").identity())
                .doesNotContain("password");
    }

    @Test
    void the_uri_is_a_secret() {
        Properties file = new Properties();
        file.setProperty("dolmen.copy.to", "sftp:backup@host/folder?password=hidden");
        SettingsSource source = new SettingsSource(file, Map.of(), new Properties());
        assertThat(Settings.from(source).toString()).doesNotContain("hidden");
        assertThat(source.shown()).doesNotContainKey("dolmen.copy.to");
    }

    @Test
    void what_is_no_endpoint_is_refused_and_not_shown() {
        for (String wrong : new String[] {"hidden", "file:", "/mnt/hidden", "sftp:u:hidden?hidden@host/folder"}) {
            Properties file = new Properties();
            file.setProperty("dolmen.copy.to", wrong);
            assertThatThrownBy(() -> Settings.from(new SettingsSource(file, Map.of(), new Properties())))
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("dolmen.copy.to")
                    .message()
                    .doesNotContain("hidden");
        }
    }

    private static String place(String uri) {
        return settings(uri).place();
    }

    private static CopySettings settings(String uri) {
        return new CopySettings(Optional.of(new Secret(uri)));
    }
}
