package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Unusable;
import dolmen.model.Transport;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {
    @Test
    void an_unknown_key_of_the_file_names_the_nearest_known_one() {
        refused(file("dolmen.catalog.pth"), Map.of(), file(), "dolmen.catalog.pth", "dolmen.catalog.path");
        refused(file("catalog.path"), Map.of(), file(), "catalog.path", "dolmen.catalog.path");
    }

    @Test
    void an_unknown_key_given_by_D_names_the_nearest_known_one() {
        refused(file(), Map.of(), file("dolmen.druid.uri"), "dolmen.druid.uri", "dolmen.druid.url");
        refused(file(), Map.of(), file("dolmen.catalg.path"), "dolmen.catalg.path", "dolmen.catalog.path");
    }

    @Test
    void an_unknown_variable_of_the_environment_names_the_nearest_known_one() {
        refused(file(), Map.of("DOLMEN_DRUID_PASWORD", "x"), file(), "DOLMEN_DRUID_PASWORD", "DOLMEN_DRUID_PASSWORD");
        refused(file(), Map.of("DOLMEN_DRIUD_URL", "x"), file(), "DOLMEN_DRIUD_URL", "DOLMEN_DRUID_URL");
        refused(file(), Map.of("DOLMEN_CATALOG_FOLDER", "x"), file(), "DOLMEN_CATALOG_FOLDER", "DOLMEN_CATALOG_");
    }

    @Test
    void what_others_put_into_the_environment_or_among_the_properties_of_the_JVM_is_left_alone() {
        Map<String, String> environment = Map.of(
                "DOLMEN_CONFIG", "x",
                "DOLMEN_OPTS", "x",
                "DOLMEN_SERVICE_HOST", "10.0.0.1",
                "DOLMEN_PORT_8080_TCP_ADDR", "10.0.0.1",
                "PATH", "/bin");
        assertThatCode(() -> Settings.from(new SettingsSource(
                        file("camel.main.name"), environment, file("dolmen.home", "java.version", "user.dir"))))
                .doesNotThrowAnyException();
    }

    @Test
    void every_setting_is_known_by_its_variable_and_a_secret_s_file_too() {
        Map<String, String> environment = Map.of(
                "DOLMEN_DEAD_LETTER_PATH", "letters",
                "DOLMEN_METADATA_PASSWORD_FILE", "pom.xml",
                "DOLMEN_STORAGE_RETENTION_KEEP_LAST", "3",
                "DOLMEN_RETRY_DUMP_METADATA_ATTEMPTS", "8");
        Settings settings = Settings.from(new SettingsSource(file(), environment, file()));
        assertThat(settings.paths().deadLetters()).hasToString("letters");
        assertThat(settings.retry().attemptsOf("dump-metadata")).isEqualTo(8);
        assertThat(settings.retention().remote().last()).isEqualTo(3);
    }

    @Test
    void a_key_that_has_another_name_now_is_refused_with_it_wherever_it_is_set() {
        String old = "dolmen.schedule.backup";
        refused(file(old), Map.of(), file(), old + " has another name now", "dolmen.schedule.incremental");
        refused(file(), Map.of(), file(old), old + " has another name now", "dolmen.schedule.full");
        String variable = "DOLMEN_SCHEDULE_BACKUP";
        refused(file(), Map.of(variable, "off"), file(), variable + " has another name now", "DOLMEN_SCHEDULE_FULL");
    }

    @Test
    void the_former_name_of_the_transport_is_read_wherever_it_is_set_and_the_new_one_wins() {
        Settings ofFile = Settings.from(new SettingsSource(with("dolmen.segments.road", "api"), Map.of(), file()));
        assertThat(ofFile.segments().transport()).contains(Transport.API);
        Map<String, String> environment = Map.of("DOLMEN_SEGMENTS_ROAD", "mount");
        Settings ofEnvironment = Settings.from(new SettingsSource(file(), environment, file()));
        assertThat(ofEnvironment.segments().transport()).contains(Transport.MOUNT);
        Settings ofBoth =
                Settings.from(new SettingsSource(with("dolmen.segments.transport", "sidecar"), environment, file()));
        assertThat(ofBoth.segments().transport()).contains(Transport.SIDECAR);
    }

    private static Properties with(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }

    @Test
    void what_took_the_place_of_a_renamed_key_exists_and_the_old_name_does_not() {
        SettingsSource source = new SettingsSource(file(), Map.of(), file());
        Settings.from(source);
        UnknownKeys.renamed().forEach((old, successors) -> {
            assertThat(source.asked()).doesNotContain(old).containsAll(successors);
        });
    }

    private static void refused(
            Properties file, Map<String, String> environment, Properties system, String named, String meant) {
        assertThatThrownBy(() -> Settings.from(new SettingsSource(file, environment, system)))
                .isInstanceOfSatisfying(Unusable.class, failure -> {
                    assertThat(failure).hasMessageContaining(named);
                    assertThat(failure.hint()).contains(meant);
                });
    }

    private static Properties file(String... keys) {
        Properties properties = new Properties();
        for (String key : keys) {
            properties.setProperty(key, "off");
        }
        return properties;
    }
}
