package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Ports;
import dolmen.stack.FoundContainer;
import dolmen.stack.FoundContainer.PublishedPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all containers of an engine, running or not; those of {@code docker compose run} are passed over. */
final class EngineScan {
    private final DockerClient client;
    private final Containers containers;
    private final EngineFailures failures;

    EngineScan(DockerClient client, Containers containers, EngineFailures failures) {
        this.client = client;
        this.containers = containers;
        this.failures = failures;
    }

    /** Sorted by project and name. */
    List<FoundContainer> all() {
        return failures.call(
                "list the containers",
                () -> client.listContainersCmd().withShowAll(true).exec().stream()
                        .filter(container -> !ContainerFinder.isOneOff(container))
                        .map(Container::getId)
                        .flatMap(id -> inspect(id).stream())
                        .map(EngineScan::found)
                        .sorted(Comparator.comparing((FoundContainer found) ->
                                        found.project().orElse(""))
                                .thenComparing(FoundContainer::name))
                        .toList());
    }

    private Optional<InspectContainerResponse> inspect(String id) {
        try {
            return Optional.of(containers.inspect(id));
        } catch (NotFoundException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static FoundContainer found(InspectContainerResponse container) {
        String name = container.getName().substring(1);
        String service = ContainerFinder.labels(container).getOrDefault(ContainerFinder.SERVICE, name);
        return new FoundContainer(
                ContainerFinder.service(service, container),
                name,
                aliases(container),
                command(container),
                ports(container));
    }

    private static List<String> aliases(InspectContainerResponse container) {
        List<String> aliases = new ArrayList<>();
        Optional.ofNullable(container.getConfig().getHostName()).ifPresent(aliases::add);
        for (ContainerNetwork network :
                container.getNetworkSettings().getNetworks().values()) {
            aliases.addAll(Objects.requireNonNullElse(network.getAliases(), List.of()));
        }
        return aliases;
    }

    private static List<String> command(InspectContainerResponse container) {
        return Stream.of(
                        container.getConfig().getEntrypoint(),
                        container.getConfig().getCmd())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** As they are set, so that a stopped container tells them too. */
    private static SortedMap<Integer, PublishedPort> ports(InspectContainerResponse container) {
        SortedMap<Integer, PublishedPort> ports = new TreeMap<>();
        bindings(container.getHostConfig().getPortBindings(), ports);
        bindings(container.getNetworkSettings().getPorts(), ports);
        return ports;
    }

    private static void bindings(Ports published, SortedMap<Integer, PublishedPort> ports) {
        if (published == null) {
            return;
        }
        published
                .getBindings()
                .forEach((port, bindings) -> Stream.ofNullable(bindings)
                        .flatMap(Arrays::stream)
                        .filter(binding -> Objects.requireNonNullElse(binding.getHostPortSpec(), "")
                                .matches("[1-9]\\d*"))
                        .findFirst()
                        .ifPresent(binding -> ports.put(
                                port.getPort(),
                                new PublishedPort(
                                        Optional.ofNullable(binding.getHostIp()).filter(address -> !isAny(address)),
                                        Integer.parseInt(binding.getHostPortSpec())))));
    }

    private static boolean isAny(String address) {
        return List.of("", "0.0.0.0", "::").contains(address);
    }
}
