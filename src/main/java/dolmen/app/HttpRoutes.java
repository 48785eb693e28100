package dolmen.app;

import dolmen.http.Retries;
import dolmen.http.Site;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.HttpSettings;
import dolmen.settings.Settings;
import http.StatusPage;
import intake.RetryQueue;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;

/** The HTTP server of {@code dolmen run}, and its routes. */
final class HttpRoutes {
    private final Settings settings;
    private final CamelContext context;
    private final Function<RunRequest, Report> runner;
    private final Clock clock;

    public HttpRoutes(Settings settings, CamelContext context, Function<RunRequest, Report> runner, Clock clock) {
        this.settings = settings;
        this.context = context;
        this.runner = runner;
        this.clock = clock;
    }

    /** Adds server and routes, where they are wanted; throws {@link Unusable} when the port cannot be had. */
    public void addTo(MainConfigurationProperties main) {
        HttpSettings http = settings.http();
        if (!http.enabled()) {
            return;
        }
        requireFree(http);
        context.getRegistry().bind("vertx-options", withoutCache());
        main.httpServer().withEnabled(true).withHost(http.address()).withPort(http.port());
        Retries retries = new Retries(
                settings.paths(),
                runner,
                run -> context.createProducerTemplate().sendBody(RetryQueue.QUEUE, run));
        main.addRoutesBuilder(new RetryQueue(retries::carryOut));
        main.addRoutesBuilder(new StatusPage(new Site(settings, retries, DolmenVersion.text(), clock)));
    }

    /** Vert.x would copy files of the class path to disk; in a container nothing but the volumes may be writable. */
    private static VertxOptions withoutCache() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** The server itself only logs that it could not listen, so this is asked before it starts. */
    private static void requireFree(HttpSettings http) {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(http.address(), http.port()));
        } catch (IOException taken) {
            throw new Unusable(
                    "cannot serve the status page at " + http.address() + ":" + http.port() + ": " + taken.getMessage(),
                    "Does another `dolmen run` serve there? Set dolmen.http.port, or dolmen.http.enabled=false.",
                    taken);
        }
    }
}
