package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T49")
class StackServicesTest {
    @TempDir
    Path stack;

    @Test
    void a_container_that_the_settings_call_by_another_name_is_started_by_that_name_alone() {
        FakeHost host = new FakeHost(stack);
        List.of("postgres", "zookeeper", "metabase", "router", "my-metabase", "my-router")
                .forEach(host::stopped);
        host.companions.addAll(List.of("metabase", "postgres", "router", "zookeeper"));
        host.ids.putAll(java.util.Map.of("router", "c1", "my-router", "c1", "metabase", "c2", "my-metabase", "c2"));

        StackServices services = new StackServices(host, "postgres", List.of("my-router"), "my-metabase");

        assertThat(services.below()).containsExactly("postgres", "zookeeper");
        assertThat(services.above(false)).containsExactly("my-router");
        assertThat(services.above(true)).containsExactly("my-router", "my-metabase");
    }
}
