package shared;

import dolmen.model.DeadLetter;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure;
import dolmen.runs.DeadLetters;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run that gave up: a dead letter with all that is needed to repeat it, and a report. */
public final class GiveUp extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(GiveUp.class);

    private final DeadLetters deadLetters;
    private final Map<String, String> settings;
    private final Clock clock;

    public GiveUp(DeadLetters deadLetters, Map<String, String> settings, Clock clock) {
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:give-up").routeId("give-up").errorHandler(noErrorHandler()).process(this::report);
    }

    private void report(Exchange exchange) {
        Run run = exchange.getMessage().getBody(Run.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String step = StepJournal.stepOf(exchange);
        Report report = Report.failure(run, step, failure, clock.instant());
        LOG.error(
                "{} gave up in {}: {}",
                run.id(),
                step,
                report.summary(),
                failure instanceof StepFailure ? null : failure);
        int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        boolean kept = run.request().operation().readsOnly() || keep(report, Math.max(1, attempts));
        exchange.getMessage()
                .setBody(kept ? report : report.and(List.of("warning: the dead letter of this run could not be kept")));
    }

    /** False when it cannot be written: the run has failed already, and its report comes all the same. */
    private boolean keep(Report report, int attempts) {
        try {
            deadLetters.keep(new DeadLetter(
                    report.run(),
                    report.failedStep(),
                    attempts,
                    report.summary(),
                    report.hint().orElse(""),
                    settings));
            return true;
        } catch (StepFailure unwritable) {
            LOG.error("no dead letter could be kept: {} HINT: {}", unwritable.getMessage(), unwritable.hint());
            return false;
        }
    }
}
