package remote;

import dolmen.model.Run;
import dolmen.remote.SendRun;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.LateFailures;
import shared.StepFailures;

/** A command that sends a backup of the catalog to a place, with those that were meant to be there, or goes on with that. */
public final class SendRoute extends RouteBuilder {
    private final String command;
    private final String step;
    private final Clock clock;

    /** {@code step} sends one backup. */
    public SendRoute(String command, String step, Clock clock) {
        this.command = command;
        this.step = step;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:" + command)
                .routeId(command)
                .routeConfigurationId(StepFailures.RUN)
                .transform()
                .body(Run.class, SendRun::begin)
                .process(LateFailures::collect)
                .to("direct:each-" + step)
                .choice()
                .when(LateFailures::any)
                .process(exchange -> giveUp(exchange, exchange.getMessage().getBody(SendRun.class)))
                .to("direct:give-up")
                .transform()
                .exchange(LateFailures::report)
                .endChoice()
                .otherwise()
                .transform()
                .body(SendRun.class, sending -> sending.report(clock.instant()));
    }

    private static void giveUp(Exchange exchange, SendRun sending) {
        LateFailures.giveUp(exchange, sending.run(), sending.lines());
    }
}
