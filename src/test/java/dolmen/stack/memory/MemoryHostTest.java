package dolmen.stack.memory;

import dolmen.stack.Host;
import dolmen.stack.HostContract;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryHostTest extends HostContract {
    @TempDir
    Path root;

    MemoryHost host;

    @BeforeEach
    void a_service_with_a_volume() throws Exception {
        Path data = Files.createDirectories(root.resolve("opt/data"));
        host = new MemoryHost(root, "/opt");
        host.service(service()).mounts = List.of(new Mount(folder(), data, Optional.of("data")));
    }

    @Override
    protected Host host() {
        return host;
    }

    @Override
    protected String service() {
        return "historical";
    }

    @Override
    protected String folder() {
        return "/opt/data";
    }
}
