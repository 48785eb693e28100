package dolmen.stack;

import dolmen.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One service as it stands now: its name in the stack, the id and image of its container (empty on a local machine),
 * whether it runs, its environment (values print as {@code ***}), its mounts, the user its process runs as, the compose
 * project it belongs to, and the container's own name.
 */
public record Service(
        String name,
        String id,
        String image,
        boolean running,
        Map<String, Secret> environment,
        List<Mount> mounts,
        String user,
        Optional<String> project,
        String container) {
    public Service {
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    /** A service whose container, if it has one, is called as the service is. */
    public Service(
            String name,
            String id,
            String image,
            boolean running,
            Map<String, Secret> environment,
            List<Mount> mounts,
            String user,
            Optional<String> project) {
        this(name, id, image, running, environment, mounts, user, project, name);
    }

    /** This service with other mounts. */
    public Service withMounts(List<Mount> others) {
        return new Service(name, id, image, running, environment, others, user, project, container);
    }

    /** Whether it is a container: its files and programs are its own, and it has an id and an image. */
    public boolean isContainer() {
        return !id.isEmpty();
    }

    /** The mount that holds this path, the most specific one when several do. */
    public Optional<Mount> mountOf(String path) {
        return mounts.stream()
                .filter(mount -> mount.holds(path))
                .max((one, other) -> Integer.compare(
                        one.destination().length(), other.destination().length()));
    }

    /** Its name and, where that differs, the container and the compose project that were found for it. */
    public String inWords() {
        String found = Stream.concat(
                        Stream.of(container).filter(own -> !own.equals(name)).map(own -> "container " + own),
                        project.stream().map(its -> "project " + its))
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? name : name + " (" + found + ")";
    }

    /** A variable of the service's environment. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(Secret::reveal);
    }
}
