package dolmen.app;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure;
import dolmen.progress.RunProgress;
import dolmen.runs.RunCall;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shared.StepJournal;

/** Sends a run to the route of its operation, and comes back with its report, whatever happens. */
public final class RouteCall implements RunCall {
    private static final Logger LOG = LoggerFactory.getLogger(RouteCall.class);

    private final ProducerTemplate routes;
    private final RunProgress progress;
    private final Clock clock;

    public RouteCall(ProducerTemplate routes, RunProgress progress, Clock clock) {
        this.routes = routes;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public Report send(Run run, boolean journalled) {
        return progress.during(run.id(), journalled, () -> through(run, journalled));
    }

    private Report through(Run run, boolean journalled) {
        Exchange exchange = routes.send("direct:" + run.request().route(), sent -> {
            sent.getMessage().setBody(run);
            if (journalled) {
                sent.setProperty(StepJournal.RUN, run.id());
            }
        });
        if (exchange.getException() != null) {
            LOG.error("{} ended unexpectedly", run.id(), exchange.getException());
            return Report.failure(run, StepJournal.stepOf(exchange), exchange.getException(), clock.instant());
        }
        return exchange.getMessage().getBody() instanceof Report report
                ? report
                : Report.failure(
                        run,
                        StepJournal.stepOf(exchange),
                        new IllegalStateException("the run came back without a report"),
                        clock.instant());
    }

    /** Takes back whatever a restore has changed; throws why it could not. */
    void putBack(Run restore) {
        Exchange exchange =
                routes.send("direct:put-back-restore", sent -> sent.getMessage().setBody(restore));
        if (exchange.getException() instanceof StepFailure failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("could not put " + restore.id() + " back", exchange.getException());
        }
    }
}
