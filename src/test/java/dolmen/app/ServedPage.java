package dolmen.app;

import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;

/** The HTTP server of {@code dolmen run} alone, with a runner of the test's own. */
public final class ServedPage implements AutoCloseable {
    private final Main main;

    public ServedPage(Settings settings, Function<RunRequest, Report> runner) {
        CamelContext context = new DefaultCamelContext();
        main = new ContextMain(context);
        new HttpRoutes(settings, context, runner, Clock.systemUTC()).addTo(main.configure());
        main.start();
    }

    @Override
    public void close() {
        main.stop();
    }
}
