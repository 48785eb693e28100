package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Kind;
import dolmen.model.StepFailure.Unusable;
import dolmen.model.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void the_shipped_file_holds_exactly_the_defaults() {
        Settings shipped = Settings.from(source(SettingsSource.read(Path.of("config/application.properties"))));
        assertThat(shipped).isEqualTo(Settings.from(source(new Properties())));
    }

    @Test
    void the_shipped_file_names_every_key() {
        SettingsSource source = source(new Properties());
        Settings.from(source);
        Properties shipped = SettingsSource.read(Path.of("config/application.properties"));
        assertThat(source.asked().stream().filter(key -> !key.endsWith("-file") || key.endsWith(".ca-file")))
                .containsExactlyInAnyOrderElementsOf(shipped.stringPropertyNames());
    }

    @Test
    void the_system_wins_over_the_environment_and_that_over_the_file() {
        Properties file = new Properties();
        file.setProperty("dolmen.catalog.path", "from-file");
        file.setProperty("dolmen.inbox.path", "from-file");
        file.setProperty("dolmen.state.path", "from-file");
        Properties system = new Properties();
        system.setProperty("dolmen.catalog.path", "from-system");
        Map<String, String> environment =
                Map.of("DOLMEN_CATALOG_PATH", "from-environment", "DOLMEN_INBOX_PATH", "from-environment");
        PathSettings paths =
                Settings.from(new SettingsSource(file, environment, system)).paths();
        assertThat(paths.catalog()).hasToString("from-system");
        assertThat(paths.inbox()).hasToString("from-environment");
        assertThat(paths.state()).hasToString("from-file");
    }

    @Test
    void every_kind_of_value_is_read() {
        Properties file = new Properties();
        file.setProperty("dolmen.segments.transport", "sidecar");
        file.setProperty("dolmen.metadata.limit", "1h30m");
        file.setProperty("dolmen.backup.read-back", "false");
        file.setProperty("dolmen.schedule.zone", "Europe/Zurich");
        file.setProperty("dolmen.schedule.full", "off");
        file.setProperty("dolmen.retry.dump-metadata.attempts", "8");
        Settings settings = Settings.from(source(file));
        assertThat(settings.segments().transport()).contains(Transport.SIDECAR);
        assertThat(settings.metadata().limit()).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.backup().readBack()).isFalse();
        assertThat(settings.intake().timetable().schedules())
                .isEqualTo(Map.of(Kind.INCREMENTAL, new Schedule("0 0 2 ? * MON-SAT", ZoneId.of("Europe/Zurich"))));
        assertThat(settings.retry().attemptsOf("dump-metadata")).isEqualTo(8);
        assertThat(settings.retry().attemptsOf("archive-segments")).isEqualTo(4);
    }

    @Test
    @Tag("SC-01")
    void a_wrong_value_names_its_key() {
        refused("dolmen.backup.passes", "many", "dolmen.backup.passes");
        refused("dolmen.backup.passes", "0", "dolmen.backup.passes");
        refused("dolmen.metadata.limit", "soon", "dolmen.metadata.limit");
        refused("dolmen.schedule.zone", "Mars/Base", "dolmen.schedule.zone");
        refused("dolmen.schedule.full", "nightly", "dolmen.schedule.full");
        refused("dolmen.schedule.incremental", "nightly", "dolmen.schedule.incremental");
        refused("dolmen.segments.transport", "rail", "dolmen.segments.transport");
        refused("dolmen.segments.limit-mib", "-1", "dolmen.segments.limit-mib");
        refused("dolmen.retention.keep-days", "-1", "dolmen.retention.keep-days");
        refused("dolmen.retention.keep-days", "9000000000000000000", "dolmen.retention.keep-days");
        refused("dolmen.backup.read-back", "perhaps", "dolmen.backup.read-back");
    }

    @Test
    void without_an_archive_here_a_bucket_is_needed_and_no_sidecar_can_pack() {
        refused("dolmen.storage.stage", "disk", "dolmen.storage.stage");
        refused("dolmen.storage.stage", "none", "dolmen.storage.bucket is not set");
        Properties file = new Properties();
        file.setProperty("dolmen.storage.stage", "none");
        file.setProperty("dolmen.storage.bucket", "backups");
        for (String transport : java.util.List.of("auto", "mount", "api")) {
            file.setProperty("dolmen.segments.transport", transport);
            assertThat(Settings.from(source(file)).storage().stage()).isEqualTo(StorageSettings.Stage.NONE);
        }
        file.setProperty("dolmen.segments.transport", "sidecar");
        assertThatThrownBy(() -> Settings.from(source(file)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("use auto, mount or api");
        file.setProperty("dolmen.segments.transport", "auto");
        file.setProperty("dolmen.storage.part-mib", "1025");
        assertThatThrownBy(() -> Settings.from(source(file)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("dolmen.storage.part-mib");
    }

    @Test
    @Tag("DK-06")
    @Tag("DK-07")
    void the_engine_is_the_one_of_the_settings_else_the_one_of_the_environment_else_the_usual_one() {
        Map<String, String> environment = Map.of("DOCKER_HOST", "tcp://10.0.0.2:2376");
        Properties file = new Properties();
        assertThat(engine(file, Map.of("DOCKER_HOST", " "))).isEqualTo("unix:///var/run/docker.sock");
        assertThat(engine(file, environment)).isEqualTo("tcp://10.0.0.2:2376");
        file.setProperty("dolmen.docker.host", "unix:///run/user/1000/docker.sock");
        assertThat(engine(file, environment)).isEqualTo("unix:///run/user/1000/docker.sock");
    }

    private static String engine(Properties file, Map<String, String> environment) {
        return Settings.from(new SettingsSource(file, environment, new Properties()))
                .stack()
                .dockerHost();
    }

    @Test
    @Tag("TR-07")
    void windows_line_ends_and_a_byte_order_mark_do_no_harm() throws Exception {
        Path file = folder.resolve("windows.properties");
        Files.write(file, "\uFEFFdolmen.catalog.path=backups\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Settings.from(source(SettingsSource.read(file))).paths().catalog())
                .hasToString("backups");
    }

    @Test
    void a_file_that_is_too_large_or_no_text_is_refused() throws Exception {
        Path file = folder.resolve("wrong.properties");
        for (String wrong :
                List.of("a=b\n".repeat(400_000), "dolmen.druid.user=x\u0000y", "dolmen.druid.user=\\u00zz")) {
            Files.writeString(file, wrong);
            unreadable(file);
        }
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0, '=', 0});
        unreadable(file);
        unreadable(folder);
        unreadable(Path.of("/dev/zero"));
    }

    @Test
    void a_slash_at_the_end_of_the_shared_folder_is_no_part_of_it() {
        Properties file = new Properties();
        file.setProperty("dolmen.segments.path", "/opt/shared/");
        assertThat(Settings.from(source(file)).segments().path()).isEqualTo("/opt/shared");
    }

    private static void unreadable(Path file) {
        assertThatThrownBy(() -> SettingsSource.read(file))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(file.toString());
    }

    private static void refused(String key, String value, String named) {
        Properties file = new Properties();
        file.setProperty(key, value);
        assertThatThrownBy(() -> Settings.from(source(file)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(named);
    }

    private static SettingsSource source(Properties file) {
        return new SettingsSource(file, Map.of(), new Properties());
    }
}
