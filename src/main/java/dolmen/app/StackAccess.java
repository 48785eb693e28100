package dolmen.app;

import dolmen.settings.Settings;
import dolmen.settings.StackSettings.Kind;
import dolmen.stack.EngineAddress;
import dolmen.stack.Host;
import dolmen.stack.docker.DockerHost;
import dolmen.stack.local.LocalHost;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import shared.DockerEngine;
import shared.InspectContainer;
import shared.RemoveContainer;
import shared.StartContainer;
import shared.StopContainer;
import shared.ThrowAwayContainer;

/** Makes the way to the stack of the settings: the host, and the routes that it needs. */
final class StackAccess {
    private static final Map<Kind, BiFunction<Settings, CamelContext, Host>> HOSTS =
            Map.of(Kind.DOCKER, StackAccess::docker, Kind.LOCAL, StackAccess::local);

    private StackAccess() {}

    /** Makes the host. To be called before any route is added, since it also configures the context's Docker component. */
    public static Host host(Settings settings, CamelContext context) {
        return HOSTS.get(settings.stack().kind()).apply(settings, context);
    }

    private static Host local(Settings settings, CamelContext context) {
        return new LocalHost(settings.stack(), OwnMark.of(settings.paths().state()));
    }

    private static Host docker(Settings settings, CamelContext context) {
        DockerEngine.configure(context, EngineAddress.of(settings.stack()));
        return new DockerHost(
                settings.stack(),
                OwnMark.of(settings.paths().state()),
                DockerEngine.client(context),
                DockerEngine.over(context.createProducerTemplate()));
    }

    /** The calls that Camel makes for the host. */
    static List<RoutesBuilder> routes(Settings settings) {
        return settings.stack().kind() == Kind.DOCKER
                ? List.of(
                        new InspectContainer(),
                        new StartContainer(),
                        new StopContainer(),
                        new RemoveContainer(),
                        new ThrowAwayContainer())
                : List.of();
    }
}
