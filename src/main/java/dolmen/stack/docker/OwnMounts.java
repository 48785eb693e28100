package dolmen.stack.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process sees of the engine's machine when it runs in a container of the same engine: a folder there is
 * reached through the mount of this container that has it, wherever that is. Outside of a container paths stay as they are.
 */
final class OwnMounts {
    /** The engine mounts this file into each container, from a folder that is named by the container's id. */
    private static final Pattern OWN_ID =
            Pattern.compile("containers/([0-9a-f]{64})/(?:userdata/)?hostname /etc/hostname ");

    private final Path mountTable;
    private final Containers containers;
    private final EngineFailures failures;
    private List<Mount> found;

    OwnMounts(Path mountTable, Containers containers, EngineFailures failures) {
        this.mountTable = mountTable;
        this.containers = containers;
        this.failures = failures;
    }

    /** The service with the folders of its mounts named as this process sees them, where it does. */
    Service seen(Service service) {
        return failures.call(
                "look for the container that Dolmen runs in",
                () -> service.withMounts(
                        service.mounts().stream().map(this::seen).toList()));
    }

    private Mount seen(Mount mount) {
        return mounts().stream()
                .filter(own -> mount.source().startsWith(own.source()))
                .max(Comparator.comparingInt(own -> own.source().getNameCount()))
                .map(own -> new Mount(
                        mount.destination(),
                        Path.of(own.destination())
                                .resolve(own.source().relativize(mount.source()))
                                .normalize(),
                        mount.volume(),
                        mount.origin()))
                .orElse(mount);
    }

    /** Asked for once: a container's mounts stay what they are for as long as it runs. */
    private synchronized List<Mount> mounts() {
        if (found == null) {
            found = ownId().map(this::mountsOf).orElse(List.of());
        }
        return found;
    }

    private List<Mount> mountsOf(String id) {
        try {
            return ContainerFinder.mounts(containers.inspect(id));
        } catch (NotFoundException anotherEngine) {
            return List.of();
        }
    }

    private Optional<String> ownId() {
        if (!Files.isReadable(mountTable)) {
            return Optional.empty();
        }
        try {
            Matcher id = OWN_ID.matcher(Files.readString(mountTable));
            return id.find() ? Optional.of(id.group(1)) : Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
