package dolmen.app;

import dolmen.settings.Settings;
import dolmen.settings.StackSettings;
import dolmen.stack.DockerHost;
import dolmen.stack.EngineAddress;
import dolmen.stack.Host;
import dolmen.stack.LocalHost;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import shared.DockerEngine;
import shared.InspectContainer;
import shared.RemoveContainer;
import shared.StartContainer;
import shared.StopContainer;
import shared.ThrowAwayContainer;

/** Makes the way to the stack of the settings: the host, and the routes that it needs. */
public final class StackAccess {
    private StackAccess() {}

    /** Before any route is added. */
    public static Host host(Settings settings, CamelContext context) {
        return settings.stack().kind() == StackSettings.Kind.LOCAL
                ? new LocalHost(settings.stack(), OwnMark.of(settings.paths().state()))
                : docker(settings, context);
    }

    static DockerHost docker(Settings settings, CamelContext context) {
        DockerEngine.configure(context, EngineAddress.of(settings.stack()));
        return new DockerHost(
                settings.stack(),
                OwnMark.of(settings.paths().state()),
                DockerEngine.client(context),
                DockerEngine.over(context.createProducerTemplate()));
    }

    /** None on a local machine. */
    static List<RoutesBuilder> routes(Settings settings) {
        return settings.stack().kind() == StackSettings.Kind.LOCAL
                ? List.of()
                : List.of(
                        new InspectContainer(),
                        new StartContainer(),
                        new StopContainer(),
                        new RemoveContainer(),
                        new ThrowAwayContainer());
    }
}
