package dolmen.stack.memory;

import dolmen.model.Secret;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service of a {@link MemoryHost} as a test wants it: a running one of a local machine at first, a container with an id. */
public final class MemoryService {
    public volatile boolean running = true;
    public String id = "";
    public String image = "";
    public String user = "root";
    public Map<String, Secret> environment = Map.of();
    public List<Mount> mounts = List.of();
    public Optional<String> project = Optional.empty();

    Service called(String name) {
        return new Service(name, id, image, running, environment, mounts, user, project);
    }
}
