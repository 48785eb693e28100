package dolmen.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services of a stack by what they are for: the metadata store's, Druid's in the order in which they stop, and
 * Metabase's. Other services of the same compose project, such as ZooKeeper, belong to the stack too.
 */
public record StackServices(Host host, String metadata, List<String> druid, String metabase) {
    public StackServices {
        druid = List.copyOf(druid);
    }

    /** The services that Druid's need, the metadata store first. */
    public List<String> below() {
        Set<String> names = new LinkedHashSet<>(List.of(metadata));
        Stream.concat(Stream.of(metadata), druid.stream())
                .filter(service -> host.find(service).isPresent())
                .forEach(service -> names.addAll(host.companions(service)));
        druid.forEach(names::remove);
        names.remove(metabase);
        Set<String> others = containers(above(true));
        names.removeIf(name -> containers(List.of(name)).stream().anyMatch(others::contains));
        return List.copyOf(names);
    }

    /** The ids of the containers: the settings may name a container otherwise than its compose project does. */
    private Set<String> containers(List<String> services) {
        return services.stream()
                .flatMap(service -> host.find(service).stream())
                .filter(Service::isContainer)
                .map(Service::id)
                .collect(Collectors.toSet());
    }

    /** Druid's services in the order in which they start, and Metabase's after them where it is wanted. */
    public List<String> above(boolean withMetabase) {
        List<String> names = new ArrayList<>(druid);
        Collections.reverse(names);
        if (withMetabase) {
            names.add(metabase);
        }
        return List.copyOf(names);
    }

    /** Those of Druid's services that do not run now. */
    public List<String> druidDown() {
        return down(druid);
    }

    /** Why those of Druid's services that run now could not be stopped and started again, as far as that is known. */
    public Optional<String> whyNotRestarted() {
        return druid.stream()
                        .anyMatch(service ->
                                host.find(service).map(Service::running).orElse(false))
                ? host.whyNotRestarted()
                : Optional.empty();
    }

    /** Those of these services that are there and do not run now. */
    public List<String> down(List<String> services) {
        return services.stream()
                .filter(service ->
                        host.find(service).map(found -> !found.running()).orElse(false))
                .toList();
    }
}
