package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dolmen.settings.StackSettings;
import dolmen.stack.EngineAddress;
import dolmen.stack.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import shared.DockerEngine;
import shared.InspectContainer;
import shared.RemoveContainer;
import shared.StartContainer;
import shared.StopContainer;
import shared.ThrowAwayContainer;

/**
 * A real Docker engine for tests: the routes, the client, and small containers that are removed at the end. Its
 * tests say by {@code @Needs(Need.ENGINE)} that they use it.
 */
public final class DockerFixture implements AutoCloseable {
    /** The engine's address, {@code DOCKER_HOST} or the usual socket. */
    public static final String ENGINE =
            Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");

    static final String OWNER = "test";

    /** What this host starts counts as started by a run. */
    private static final Mark MARK = new Mark(() -> OWNER, () -> true, Mark.NONE.temporary());

    private final CamelContext context = new DefaultCamelContext();
    private final List<String> created = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private final String engine;

    private DockerFixture(String engine) {
        this.engine = engine;
    }

    /** Connects to the engine and makes sure that {@link #image()} exists. */
    public static DockerFixture open() throws Exception {
        DockerFixture fixture = new DockerFixture(ENGINE);
        fixture.start();
        BusyboxImage.ensure(fixture.client());
        return fixture;
    }

    /** This engine through another address, for instance a proxy that misbehaves. */
    public static DockerFixture through(String address) throws Exception {
        DockerFixture fixture = new DockerFixture(address);
        fixture.start();
        return fixture;
    }

    /** An image with a busybox shell, users root and app (1000), folders /tmp and /data. */
    public static String image() {
        return BusyboxImage.TAG;
    }

    public DockerClient client() {
        return DockerEngine.client(context);
    }

    public Containers containers() {
        return DockerEngine.over(context.createProducerTemplate());
    }

    /** A host that finds containers by their names or by their service label alone. */
    public DockerHost host() {
        return host(Optional.empty());
    }

    public DockerHost host(Optional<String> project) {
        return new DockerHost(settings(engine, project), MARK, client(), containers());
    }

    /** The host of a Dolmen of its own. */
    public DockerHost host(String owner) {
        Mark mark = new Mark(() -> owner, () -> true, Mark.NONE.temporary());
        return new DockerHost(settings(engine, Optional.empty()), mark, client(), containers());
    }

    public static StackSettings settings(String engine, Optional<String> project) {
        return new StackSettings(
                StackSettings.Kind.DOCKER,
                Optional.empty(),
                project,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                engine,
                Optional.empty());
    }

    /** A name that nothing else on the engine has. */
    public static String name(String purpose) {
        return "dolmen-test-" + purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Starts a container that idles until it is told to stop; the operator adds what is special. */
    public String idle(String name, UnaryOperator<CreateContainerCmd> special) {
        // The shell waits for its child, so that it takes SIGTERM at once though it is process 1.
        CreateContainerCmd create = client().createContainerCmd(image())
                .withName(name)
                .withHostConfig(HostConfig.newHostConfig())
                .withCmd("/bin/sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done");
        String id = special.apply(create).exec().getId();
        created.add(id);
        client().startContainerCmd(id).exec();
        return id;
    }

    public String idle(String name) {
        return idle(name, create -> create);
    }

    /** A container whose volume of the same name is mounted at this path. */
    public String idleWithVolume(String name, String path) {
        return idleWithVolume(name, path, create -> create);
    }

    public String idleWithVolume(String name, String path, UnaryOperator<CreateContainerCmd> special) {
        volumes.add(name);
        return idle(name, create -> {
            create.getHostConfig().withBinds(new Bind(name, new Volume(path)));
            return special.apply(create);
        });
    }

    public static Map<String, String> composeLabels(String project, String service, boolean oneOff) {
        Map<String, String> labels = new HashMap<>();
        labels.put("com.docker.compose.project", project);
        labels.put("com.docker.compose.service", service);
        labels.put("com.docker.compose.oneoff", oneOff ? "True" : "False");
        return labels;
    }

    /** Whether a container of this id or name exists. */
    public boolean exists(String container) {
        return client().listContainersCmd().withShowAll(true).exec().stream()
                .anyMatch(one ->
                        one.getId().equals(container) || List.of(one.getNames()).contains("/" + container));
    }

    @Override
    public void close() {
        created.forEach(containers()::remove);
        volumes.forEach(volume -> client().removeVolumeCmd(volume).exec());
        context.stop();
    }

    private void start() throws Exception {
        DockerEngine.configure(context, EngineAddress.of(settings(engine, Optional.empty())));
        for (RouteBuilder route : List.of(
                new InspectContainer(),
                new StopContainer(),
                new StartContainer(),
                new RemoveContainer(),
                new ThrowAwayContainer())) {
            context.addRoutes(route);
        }
        context.start();
    }
}
