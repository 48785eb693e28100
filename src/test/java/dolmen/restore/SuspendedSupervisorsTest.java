package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.RestoreRun;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With which state supervisors come back. */
class SuspendedSupervisorsTest extends LoadedMetadata {
    private static final String OTHER = "1111111111111111111";

    @Test
    @Tag("MD-15")
    void into_another_stack_supervisors_come_suspended_by_a_newer_row() {
        List<String> told = clean(stack.backup(Optional.of(OTHER)));

        assertThat(told)
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore, offsets of wiki:")
                        && line.contains("{\"0\":100}"));
        assertThat(newest("wiki"))
                .isEqualTo(
                        "{\"type\":\"kafka\",\"spec\":{\"dataSchema\":{\"dataSource\":\"wiki\"}},\"suspended\":true}");
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'wiki'"))
                .isEqualTo("2");
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'sup1'"))
                .isEqualTo("3");
    }

    @Test
    void supervisors_are_suspended_once_only() {
        RestoreRun restore = loaded(stack.backup(Optional.of(OTHER)));
        cleaning().clean(restore);
        assertThat(cleaning().clean(restore))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended, as it was"));
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'wiki'"))
                .isEqualTo("2");
    }

    @Test
    void into_the_same_stack_they_go_on() {
        List<String> told = clean(stack.backup(stack.metadata.systemIdentifier()));

        assertThat(told).anyMatch(line -> line.startsWith("supervisor wiki: left running"));
        assertThat(newest("wiki")).endsWith("\"suspended\":false}");
    }

    @Test
    @Tag("T10")
    void t10_without_a_manifest_they_come_suspended_since_nothing_tells_whose_they_are() {
        assertThat(clean(stack.files()))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore"));
    }

    @Test
    void they_can_be_suspended_and_kept_by_the_settings() {
        stack.settings = new RestoreSettings(1, true, Supervisors.SUSPEND);
        clean(stack.backup());
        assertThat(newest("wiki")).endsWith("\"suspended\":true}");

        stack.settings = new RestoreSettings(1, true, Supervisors.KEEP);
        clean(stack.backup(Optional.of(OTHER)));
        assertThat(newest("wiki")).endsWith("\"suspended\":false}");
    }

    @Test
    void a_payload_that_is_not_json_stays_and_the_others_are_suspended() {
        stack.supervisor("broken", false);
        stack.sql("UPDATE druid_supervisors SET payload = '\\xdeadbeef' WHERE spec_id = 'broken'");

        assertThat(clean(stack.backup(Optional.of(OTHER))))
                .anyMatch(line -> line.startsWith("supervisor broken: cannot be read"))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore"));
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'broken'"))
                .isEqualTo("1");
    }

    @Test
    void a_spec_that_is_longer_than_an_argument_may_be_is_suspended_whole() {
        stack.sql("UPDATE druid_supervisors SET payload = convert_to('{\"type\":\"kafka\",\"context\":\"'"
                + " || repeat('x', 300000) || '\"}', 'UTF8') WHERE spec_id = 'wiki'");

        clean(stack.backup(Optional.of(OTHER)));

        assertThat(newest("wiki")).hasSizeGreaterThan(300_000).endsWith("x\",\"suspended\":true}");
    }

    private String newest(String supervisor) {
        return stack.postgres.query(
                side,
                "SELECT convert_from(payload, 'UTF8') FROM druid_supervisors WHERE spec_id = '" + supervisor
                        + "' ORDER BY id DESC LIMIT 1");
    }
}
