package remote;

import dolmen.model.Run;
import dolmen.remote.SendRun;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import shared.LateEnding;
import shared.LateFailures;
import shared.StepFailures;

/**
 * The route of {@code dolmen upload} or {@code dolmen copy}: sends a backup of the catalog to a place, and before it those that
 * should have been sent there earlier. What an interrupted run has sent is not sent again.
 */
public final class SendRoute extends RouteBuilder {
    private final String command;
    private final String step;
    private final Clock clock;

    /** {@code command} is the word of the command, {@code step} the step that sends one backup. */
    public SendRoute(String command, String step, Clock clock) {
        this.command = command;
        this.step = step;
        this.clock = clock;
    }

    @Override
    public void configure() {
        ProcessorDefinition<?> steps = from("direct:" + command)
                .routeId(command)
                .routeConfigurationId(StepFailures.RUN)
                .transform()
                .body(Run.class, SendRun::begin)
                .process(LateFailures::collect)
                .to("direct:each-" + step);
        new LateEnding<>(SendRun.class, SendRun::run, SendRun::lines, sending -> sending.report(clock.instant()))
                .after(steps);
    }
}
