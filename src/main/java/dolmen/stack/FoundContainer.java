package dolmen.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A container of the engine, whatever it runs: as a service (named by its Compose label, else by its own name), its own
 * name, the names by which others reach it, its program with the arguments, and on which port of the engine's machine
 * each of its ports is published.
 */
public record FoundContainer(
        Service service,
        String name,
        List<String> aliases,
        List<String> command,
        SortedMap<Integer, PublishedPort> ports) {
    public FoundContainer {
        aliases = List.copyOf(aliases);
        command = List.copyOf(command);
    }

    /** An address of the engine's machine; empty for all of them. */
    public record PublishedPort(Optional<String> address, int port) {}

    /** The compose project, if it has one. */
    public Optional<String> project() {
        return service.project();
    }

    /** A variable of its environment that is not blank. */
    public Optional<String> variable(String name) {
        return service.variable(name).filter(value -> !value.isBlank());
    }

    /** Whether others reach it by this name. */
    public boolean isCalled(String host) {
        return host.equals(service.name()) || host.equals(name) || aliases.contains(host);
    }

    /** True when a variable of its environment begins so. */
    public boolean hasVariables(String prefix) {
        return service.environment().entrySet().stream().map(Map.Entry::getKey).anyMatch(key -> key.startsWith(prefix));
    }
}
