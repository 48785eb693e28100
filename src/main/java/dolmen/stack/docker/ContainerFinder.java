package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the container of a service: by the labels that Docker Compose gives it (both generations of Compose, whatever
 * the container is called), else by the container's name. A set project is obeyed in both ways. Asks the engine at each
 * call, since a re-created container has a new id. Throws {@code Refused} when more than one fits, or one of another project.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/services/#labels">Compose: labels</a>
 */
final class ContainerFinder {
    private static final String PROJECT = "com.docker.compose.project";
    static final String SERVICE = "com.docker.compose.service";
    private static final String ONE_OFF = "com.docker.compose.oneoff";

    private final Optional<String> project;
    private final DockerClient client;
    private final Containers containers;
    private final EngineFailures failures;
    private final ContainerChoice choice = new ContainerChoice();

    ContainerFinder(Optional<String> project, DockerClient client, Containers containers, EngineFailures failures) {
        this.project = project;
        this.client = client;
        this.containers = containers;
        this.failures = failures;
    }

    /** What the engine says of the service's container; empty when there is none. */
    Optional<InspectContainerResponse> find(String service) {
        return failures.call(
                "look for the container of " + service, () -> idOf(service).flatMap(this::inspect));
    }

    /** The container; throws {@code Failed} when there is none. */
    InspectContainerResponse require(String service) {
        return find(service)
                .orElseThrow(() -> new StepFailure.Failed(
                        "no container of service '" + service + "'"
                                + project.map(name -> " in compose project '" + name + "'")
                                        .orElse(""),
                        "Name it as 'docker compose ps' or 'docker ps -a' shows it, or create it first."
                                + projectsInWords()));
    }

    /** The services of the compose project that this service's container belongs to; none when it has no such label. */
    List<String> companions(String service) {
        Map<String, String> labels = labels(require(service));
        if (!labels.containsKey(PROJECT)) {
            return List.of();
        }
        return failures.call(
                "list the containers of project " + labels.get(PROJECT),
                () -> client
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(PROJECT, labels.get(PROJECT)))
                        .exec()
                        .stream()
                        .filter(container -> !isOneOff(container))
                        .map(container -> container.getLabels().get(SERVICE))
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** A container of {@code docker compose run}, which is no part of the stack. */
    static boolean isOneOff(Container container) {
        return "true".equalsIgnoreCase(container.getLabels().get(ONE_OFF));
    }

    static Map<String, String> labels(InspectContainerResponse container) {
        return Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
    }

    /** The names of containers that throw-away runs of this Dolmen left behind. */
    List<String> leftovers(String owner) {
        String prefix = ThrowAway.prefix(owner);
        return client.listContainersCmd().withShowAll(true).withNameFilter(List.of(prefix)).exec().stream()
                .map(ContainerFinder::name)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    static Service service(String name, InspectContainerResponse container) {
        Map<String, String> labels =
                Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
        String user = container.getConfig().getUser();
        return new Service(
                name,
                container.getId(),
                container.getConfig().getImage(),
                Boolean.TRUE.equals(container.getState().getRunning()),
                environment(container.getConfig().getEnv()),
                mounts(container),
                user == null || user.isBlank() ? "root" : user,
                Optional.ofNullable(labels.get(PROJECT)),
                container.getName().substring(1));
    }

    private Optional<String> idOf(String service) {
        List<Container> labelled = labelled(service);
        List<Container> found = labelled.isEmpty() ? named(service) : labelled;
        if (found.size() < 2) {
            return found.stream().findFirst().map(Container::getId);
        }
        return Optional.of(
                choice.among(
                                service,
                                found.stream()
                                        .flatMap(one -> candidate(one).stream())
                                        .toList())
                        .orElseThrow(
                                () -> new StepFailure.Refused(
                                        "more than one container of service '" + service + "': "
                                                + found.stream()
                                                        .map(container ->
                                                                name(container) + " (" + container.getState() + ")")
                                                        .sorted()
                                                        .collect(Collectors.joining(", ")),
                                        "Set dolmen.stack.project to the compose project that is meant, and run one container of it.")));
    }

    private Optional<ContainerChoice.Candidate> candidate(Container listed) {
        return inspect(listed.getId())
                .map(container -> new ContainerChoice.Candidate(
                        container.getId(),
                        Optional.ofNullable(labels(container).get(PROJECT)),
                        Boolean.TRUE.equals(container.getState().getRunning()),
                        Instant.parse(container.getState().getFinishedAt())));
    }

    private List<Container> labelled(String service) {
        Map<String, String> labels = new HashMap<>(Map.of(SERVICE, service));
        project.ifPresent(name -> labels.put(PROJECT, name));
        return client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                .filter(container -> !isOneOff(container))
                .toList();
    }

    private List<Container> named(String service) {
        // The engine takes the filter for a pattern and finds parts of names too.
        return client.listContainersCmd().withShowAll(true).withNameFilter(List.of(service)).exec().stream()
                .filter(container -> name(container).equals(service))
                .peek(this::requireOfTheProject)
                .toList();
    }

    private void requireOfTheProject(Container container) {
        Optional<String> its = Optional.ofNullable(container.getLabels().get(PROJECT));
        if (project.isPresent() && !its.equals(project)) {
            throw new StepFailure.Refused(
                    "container '" + name(container) + "' is of "
                            + its.map(name -> "compose project '" + name + "'").orElse("no compose project")
                            + ", and dolmen.stack.project is '" + project.get() + "'",
                    "Correct dolmen.stack.project, or leave it out and name each container by its own name."
                            + projectsInWords());
        }
    }

    /** A sentence that says which projects the engine has; empty where no project is set. */
    private String projectsInWords() {
        if (project.isEmpty()) {
            return "";
        }
        List<String> projects = failures.call(
                "list the compose projects",
                () -> client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(PROJECT)).exec().stream()
                        .map(container -> container.getLabels().get(PROJECT))
                        .distinct()
                        .sorted()
                        .toList());
        return projects.isEmpty()
                ? " This engine has no compose project."
                : " The compose projects of this engine: " + String.join(", ", projects) + ".";
    }

    private Optional<InspectContainerResponse> inspect(String id) {
        try {
            return Optional.of(containers.inspect(id));
        } catch (NotFoundException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static String name(Container container) {
        // A container linked to another one has a second name, "/other/alias".
        return Arrays.stream(container.getNames())
                .map(name -> name.substring(1))
                .filter(name -> !name.contains("/"))
                .findFirst()
                .orElse(container.getId());
    }

    private static Map<String, Secret> environment(String[] variables) {
        return Stream.of(Objects.requireNonNullElse(variables, new String[0]))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0],
                        parts -> new Secret(parts.length > 1 ? parts[1] : ""),
                        (first, second) -> second));
    }

    static List<Mount> mounts(InspectContainerResponse container) {
        return Objects.requireNonNullElse(container.getMounts(), List.<InspectContainerResponse.Mount>of()).stream()
                .filter(mount -> mount.getSource() != null && !mount.getSource().isEmpty())
                .map(mount -> new Mount(
                        mount.getDestination().getPath(),
                        Path.of(mount.getSource()),
                        Optional.ofNullable(mount.getName())))
                .toList();
    }
}
