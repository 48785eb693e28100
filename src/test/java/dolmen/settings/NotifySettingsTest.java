package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Notice;
import dolmen.model.NoticeEvent;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySettingsTest {
    private static final String MAIL = "smtp:mail:587?username=u&password=RAW(hidden,x)&to=a@example.org,b@example.org";
    private static final String HOOK = "https://hooks.example.org/services/hidden?key=hidden";

    @TempDir
    Path folder;

    @Test
    void several_places_stand_in_one_key_in_more_keys_or_on_the_lines_of_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("to"), MAIL + "\n" + HOOK + "\n");
        for (Map<String, String> keys : java.util.List.of(
                Map.of("dolmen.notify.to", MAIL + ", " + HOOK),
                Map.of("dolmen.notify.to", MAIL, "dolmen.notify.to.2", HOOK),
                Map.of("dolmen.notify.to.1", MAIL, "dolmen.notify.to.2", HOOK),
                Map.of("dolmen.notify.to-file", file.toString()))) {
            assertThat(settings(keys).notices().to())
                    .extracting(address -> address.uri().reveal())
                    .containsExactly(MAIL, HOOK);
        }
    }

    @Test
    void two_places_of_one_host_are_told_apart_and_nothing_secret_does_it() {
        Map<String, String> keys = Map.of(
                "dolmen.notify.to", HOOK + ", " + HOOK + "2", "dolmen.notify.to.2", HOOK, "dolmen.notify.ping", HOOK);
        assertThat(settings(keys).notices().identities())
                .containsExactly(
                        "dolmen.notify.to https://hooks.example.org",
                        "dolmen.notify.to https://hooks.example.org 2",
                        "dolmen.notify.to.2 https://hooks.example.org",
                        "dolmen.notify.ping https://hooks.example.org");
    }

    @Test
    void no_uri_is_shown() {
        SettingsSource source = source(Map.of(
                "dolmen.notify.to", MAIL,
                "dolmen.notify.to.2", HOOK,
                "dolmen.notify.ping", HOOK,
                "dolmen.notify.ping-failure", HOOK));
        assertThat(Settings.from(source).toString()).doesNotContain("hidden");
        assertThat(source.shown().toString()).doesNotContain("hidden");
    }

    @Test
    void the_place_has_neither_user_nor_password_nor_options_nor_the_path_of_a_web_address() {
        assertThat(place(MAIL)).isEqualTo("smtp:mail:587");
        assertThat(place(HOOK)).isEqualTo("https://hooks.example.org");
        assertThat(place("https://u:hidden@host:8443/@hidden")).isEqualTo("https://host:8443");
        assertThat(place("https:host/hidden")).isEqualTo("https://host");
        assertThat(place("smtps://u:hidden/@host")).isEqualTo("smtps:host");
        assertThat(place("file:/var/spool/notices")).isEqualTo("file:/var/spool/notices");
    }

    @Test
    void a_placeholder_that_does_not_exist_is_refused_and_the_nearest_one_named() {
        for (String key : java.util.List.of("subject", "template", "json")) {
            assertThatThrownBy(() -> settings(Map.of("dolmen.notify." + key, "\"${dolmen.sumary}\"")))
                    .isInstanceOfSatisfying(Unusable.class, refused -> {
                        assertThat(refused).hasMessageContaining("dolmen.notify." + key + " holds ${dolmen.sumary}");
                        assertThat(refused.hint()).contains("${dolmen.summary}");
                    });
        }
        refused("dolmen.notify.subject", "${hint}", "holds ${hint}");
    }

    @Test
    void a_template_of_json_must_be_json_and_takes_any_value() throws Exception {
        refused("dolmen.notify.json", "{\"text\": \"${dolmen.hint}\"", "dolmen.notify.json is no JSON");
        refused("dolmen.notify.json", "{\"text\": ${dolmen.hint}}", "dolmen.notify.json is no JSON");
        Path file = Files.writeString(folder.resolve("slack.json"), "{\n \"text\": \"${dolmen.hint}$1\"\n}\n");
        NoticeTemplate template = settings(Map.of("dolmen.notify.json-file", file.toString()))
                .notices()
                .json()
                .orElseThrow();
        Notice notice = new Notice(Map.of("hint", "say \"a\\b\"\n${dolmen.run}"));
        assertThat(template.json(notice)).isEqualTo("{\n \"text\": \"say \\\"a\\\\b\\\"\\n${dolmen.run}$1\"\n}");
    }

    @Test
    void a_subject_is_one_line_whatever_a_value_holds() {
        NoticeTemplate subject = new NoticeTemplate("dolmen.notify.subject", "D: ${dolmen.summary}");
        assertThat(subject.line(new Notice(Map.of("summary", "a\r\nBcc: b@example.org"))))
                .isEqualTo("D: a Bcc: b@example.org");
    }

    @Test
    void what_cannot_be_used_is_refused_and_not_shown() {
        refused("dolmen.notify.on", "failure,always", "names 'always'");
        refused("dolmen.notify.on", "test", "names 'test'");
        refused("dolmen.notify.to", "hidden", "dolmen.notify.to");
        refused("dolmen.notify.to.2", "/hidden/path", "dolmen.notify.to.2");
        refused("dolmen.notify.ping", "smtp:hidden", "dolmen.notify.ping");
        refused("dolmen.freshness.limit", "soon", "dolmen.freshness.limit");
    }

    @Test
    void by_default_nobody_is_told_and_a_backup_is_fresh_for_a_day_and_a_half() {
        Settings settings = settings(Map.of());
        assertThat(settings.notices().to()).isEmpty();
        assertThat(settings.notices().on())
                .containsExactlyInAnyOrder(NoticeEvent.FAILURE, NoticeEvent.RECOVERY, NoticeEvent.STALE);
        assertThat(settings.freshness().limit()).contains(Duration.ofHours(36));
        assertThat(settings(Map.of("dolmen.freshness.limit", "off")).freshness().limit())
                .isEmpty();
    }

    private static void refused(String key, String value, String named) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("hidden");
    }

    private static String place(String uri) {
        return new NoticeAddress("dolmen.notify.to", new Secret(uri)).place();
    }

    private static Settings settings(Map<String, String> keys) {
        return Settings.from(source(keys));
    }

    private static SettingsSource source(Map<String, String> keys) {
        Properties file = new Properties();
        file.putAll(keys);
        return new SettingsSource(file, Map.of(), new Properties());
    }
}
