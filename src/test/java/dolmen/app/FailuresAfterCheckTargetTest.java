package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the target and the settings tell of a later step's failure is said by the plan, and refuses the restore before it begins. */
@Tag("T16")
class FailuresAfterCheckTargetTest {
    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "stop-services, stack.stop-command, '', dolmen.stack.stop-command is not set",
        "start-services, stack.start-command, '', dolmen.stack.start-command is not set",
        "swap-segments, stack.services, coordinator, segment cache of historical cannot be emptied while the service runs"
    })
    void settings_with_which_a_later_step_cannot_succeed(String step, String key, String value, String words)
            throws Exception {
        try (ServedStack dolmen = new ServedStack(home, Map.of(key, value))) {
            assertSaidBefore(dolmen, words);
        }
    }

    @Test
    @Needs(Need.MOUNT)
    void a_mount_inside_the_shared_folder_that_no_rename_moves() throws Exception {
        try (ServedStack dolmen = new ServedStack(home)) {
            Tool.ok(home, "mkdir shared/logs; mount -t tmpfs none shared/logs");
            assertSaidBefore(dolmen, "/shared/logs is a mount of its own");
        } finally {
            Tool.ok(home, "umount shared/logs");
        }
    }

    private static void assertSaidBefore(ServedStack dolmen, String words) {
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.toString()).isTrue();

        Report planned = dolmen.run(Restoring.newest().plan());
        Report restored = dolmen.run(Restoring.newest().confirmed().request());

        assertThat(planned.succeeded()).as(planned.toString()).isFalse();
        assertThat(planned.summary()).contains(words);
        assertThat(restored.failedStep()).as(restored.toString()).contains("check-target");
        assertThat(restored.summary()).contains(words);
    }
}
