package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Secret;
import dolmen.model.Transport;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.Service;
import dolmen.stack.local.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {
    /** Else a folder that cannot be written is found out when the restore unpacks, not by its plan. */
    @Test
    void a_service_of_this_machine_is_no_container() {
        Properties file = new Properties();
        file.setProperty("dolmen.stack.kind", "local");
        for (String command : List.of("stop", "start", "running")) {
            file.setProperty("dolmen.stack." + command + "-command", "true");
        }
        Settings settings = Settings.from(new SettingsSource(file, Map.of(), new Properties()));
        assertThat(SharedFolder.isLocal(
                        new LocalHost(settings.stack()).find("druid").orElseThrow()))
                .isTrue();
    }

    @Test
    void a_container_without_mounts_is_one_all_the_same() {
        Map<String, Secret> environment = Map.of();
        assertThat(SharedFolder.isLocal(
                        new Service("druid", "c0ffee", "druid", true, environment, List.of(), "", Optional.empty())))
                .isFalse();
    }

    /** Another process removes its own probe at any moment: the link to nothing stands for one that has just gone. */
    @Test
    void a_probe_of_another_process_that_vanishes_makes_the_folder_no_less_writable(@TempDir Path folder)
            throws Exception {
        ArchivedStack stack = new ArchivedStack(folder);
        stack.volume(Transport.MOUNT);
        Files.createSymbolicLink(stack.shared.resolve(".dolmen-probe-gone"), Path.of("nowhere"));

        assertThat(WritableFolder.find(stack.historical.host, ArchivedStack.settings(Optional.empty())))
                .contains(stack.shared.toRealPath());
    }
}
