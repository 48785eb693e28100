package restore;

import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.stack.StackStart;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Starts the whole stack: what this restore stopped, and what was down before, unless it is asked to leave that down. */
public final class StartServices extends RouteBuilder {
    private final StackStart start;
    private final Predicate<Run> withMetabase;

    /** {@code withMetabase} tells whether Metabase's service is started too. */
    public StartServices(StackStart start, Predicate<Run> withMetabase) {
        this.start = start;
        this.withMetabase = withMetabase;
    }

    @Override
    public void configure() {
        from("direct:start-services")
                .routeId("start-services")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::start)
                .log("started the services");
    }

    private RestoreRun start(RestoreRun restore) {
        String mark = restore.run().mark();
        boolean metabase = withMetabase.test(restore.run());
        if (restore.run().request().noStart()) {
            return restore.leaving(start.onlyStopped(mark, metabase));
        }
        List<String> were = start.everything(mark, metabase);
        return were.isEmpty() ? restore : restore.tell("started what was down: " + String.join(", ", were));
    }
}
