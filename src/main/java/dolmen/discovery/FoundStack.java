package dolmen.discovery;

import dolmen.model.StepFailure.Refused;
import dolmen.stack.FoundContainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The containers of one compose project, or those of none, among which there is a historical. With {@code ownNames} each
 * is named by its own name, since one outside of the project is needed too and a set project would shut it out.
 */
record FoundStack(
        Optional<String> project, Map<Role, List<FoundContainer>> parts, List<FoundContainer> all, boolean ownNames) {
    FoundStack {
        parts = Collections.unmodifiableMap(parts);
        all = List.copyOf(all);
    }

    /**
     * The one stack among these containers, or the one of the project. Throws {@link Refused} when there is none, or more
     * than one, and lists them.
     */
    static FoundStack choose(List<FoundContainer> containers, Optional<String> project) {
        List<FoundStack> stacks = in(containers);
        List<FoundStack> meant = stacks.stream()
                .filter(stack -> project.isEmpty() || stack.project().equals(project))
                .toList();
        if (meant.isEmpty()) {
            throw new Refused(
                    "no Druid stack "
                            + project.map(name -> "of project '" + name + "' ").orElse("")
                            + "among the " + containers.size() + " containers of this engine"
                            + (stacks.isEmpty() ? "" : "; there is: " + list(stacks)),
                    "A stack is found by its historical, running or not: by that container's image, program or name. Create it,"
                            + " or set dolmen.docker.host to its engine, or write the settings by hand.");
        }
        if (meant.size() > 1) {
            throw new Refused(
                    "more than one Druid stack: " + list(meant),
                    "Say which one by `dolmen init --project NAME`; one of no project is found only when the containers of the"
                            + " others are removed.");
        }
        return meant.get(0);
    }

    private static List<FoundStack> in(List<FoundContainer> containers) {
        SortedMap<String, List<FoundContainer>> projects = new TreeMap<>();
        containers.forEach(
                container -> projects.computeIfAbsent(container.project().orElse(""), name -> new ArrayList<>())
                        .add(container));
        List<FoundStack> stacks = new ArrayList<>();
        projects.forEach((name, members) -> {
            Map<Role, List<FoundContainer>> parts = new EnumMap<>(Role.class);
            members.forEach(member -> Role.of(member)
                    .ifPresent(role -> parts.computeIfAbsent(role, first -> new ArrayList<>())
                            .add(member)));
            if (parts.containsKey(Role.HISTORICAL)) {
                stacks.add(new FoundStack(Optional.of(name).filter(text -> !text.isEmpty()), parts, containers, false));
            }
        });
        return stacks;
    }

    private static String list(List<FoundStack> stacks) {
        return stacks.stream().map(FoundStack::words).collect(Collectors.joining("; "));
    }

    private String words() {
        return project.map(name -> "project " + name).orElse("no project") + " ("
                + parts.values().stream()
                        .flatMap(List::stream)
                        .map(container ->
                                container.name() + (container.service().running() ? "" : ", not running"))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    List<FoundContainer> having(Role role) {
        return parts.getOrDefault(role, List.of());
    }

    Optional<FoundContainer> first(Role role) {
        return having(role).stream().findFirst();
    }

    /** The container that answers to this host name: one of this stack, else any other of the engine with that name. */
    Optional<FoundContainer> called(String host) {
        return all.stream()
                .filter(container -> container.project().equals(project) && container.isCalled(host))
                .findFirst()
                .or(() -> all.stream()
                        .filter(container -> container.name().equals(host))
                        .findFirst());
    }

    /** This stack, whose settings name each container by its own name and need no project. */
    FoundStack withOwnNames() {
        return new FoundStack(project, parts, all, true);
    }

    /** Whether a container belongs to the project, or to none as the stack does. */
    boolean holds(FoundContainer container) {
        return container.project().equals(project);
    }

    /** How the settings name it: by its service in this project, else by the container's own name. */
    String nameOf(FoundContainer container) {
        return !ownNames && holds(container) ? container.service().name() : container.name();
    }
}
