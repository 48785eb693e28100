package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.stack.memory.MemoryHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T49")
class StackServicesTest {
    @Test
    void a_container_that_the_settings_call_by_another_name_is_started_by_that_name_alone() {
        MemoryHost host = new MemoryHost();
        List.of("postgres", "zookeeper", "metabase", "router", "my-metabase", "my-router")
                .forEach(host::stopped);
        host.companions.addAll(List.of("metabase", "postgres", "router", "zookeeper"));
        Map.of("router", "c1", "my-router", "c1", "metabase", "c2", "my-metabase", "c2")
                .forEach((service, id) -> host.service(service).id = id);

        StackServices services = new StackServices(host, "postgres", List.of("my-router"), "my-metabase");

        assertThat(services.below()).containsExactly("postgres", "zookeeper");
        assertThat(services.above(false)).containsExactly("my-router");
        assertThat(services.above(true)).containsExactly("my-router", "my-metabase");
    }
}
