package dolmen.stack;

import dolmen.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service as it stands now: its name in the stack, the id and image of its container (empty on a local machine),
 * whether it runs, its environment (values print as {@code ***}), its mounts, and the user its process runs as.
 */
public record Service(
        String name,
        String id,
        String image,
        boolean running,
        Map<String, Secret> environment,
        List<Mount> mounts,
        String user,
        Optional<String> project) {
    public Service {
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** The same service with other mounts. */
    Service withMounts(List<Mount> others) {
        return new Service(name, id, image, running, environment, others, user, project);
    }

    /** The mount that holds this path, the most specific one when several do. */
    public Optional<Mount> mountOf(String path) {
        return mounts.stream()
                .filter(mount -> mount.holds(path))
                .max((one, other) -> Integer.compare(
                        one.destination().length(), other.destination().length()));
    }

    /** A variable of the service's environment. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(Secret::reveal);
    }
}
