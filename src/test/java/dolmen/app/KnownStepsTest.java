package dolmen.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Unusable;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownStepsTest {
    @TempDir
    Path home;

    @Test
    void attempts_for_a_step_that_there_is_not_are_refused_with_the_nearest_step() {
        assertThatThrownBy(() -> start("dump-metdata"))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        failure -> org.assertj.core.api.Assertions.assertThat(failure.hint())
                                .contains("dolmen.retry.dump-metadata.attempts"));
    }

    @Test
    void attempts_for_a_run_are_refused_since_only_steps_are_tried_again() {
        assertThatThrownBy(() -> start("backup")).isInstanceOf(Unusable.class).hasMessageContaining("backup");
    }

    @Test
    void attempts_for_a_step_are_taken() {
        assertThatCode(() -> start("dump-metadata")).doesNotThrowAnyException();
    }

    private void start(String step) {
        Properties file = new Properties();
        file.setProperty("dolmen.stack.kind", "local");
        file.setProperty("dolmen.stack.stop-command", "false");
        file.setProperty("dolmen.stack.start-command", "false");
        file.setProperty("dolmen.stack.running-command", "false");
        file.setProperty("dolmen.metadata.host", "127.0.0.1");
        file.setProperty("dolmen.state.path", home.resolve("state").toString());
        file.setProperty("dolmen.retry." + step + ".attempts", "8");
        Settings settings = Settings.from(new SettingsSource(file, Map.of(), new Properties()));
        try (Application dolmen = new Application(settings, Map.of())) {
            dolmen.start();
        }
    }
}
