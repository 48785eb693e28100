package shared;

import dolmen.model.Meter;
import dolmen.progress.RunProgress;
import dolmen.runs.RunJournal;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Notes the end of a step in the journal, its beginning and end in the progress, and keeps the meter of the attempt for the step.
 * The beginning is noted in the journal by {@link RecordedStep}, since a route policy cannot keep the step from beginning.
 */
final class StepRecorder extends RoutePolicySupport {
    private static final String METER = "dolmen.meter";

    private final RunJournal journal;
    private final RunProgress progress;

    StepRecorder(RunJournal journal, RunProgress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(StepJournal.STEP, route.getRouteId());
        exchange.setProperty(METER, progress.beginStep(route.getRouteId()));
    }

    /** Where the step that the exchange is in counts its bytes; nowhere without a run whose progress is shown. */
    static Meter meter(Exchange exchange) {
        return exchange.getProperty(METER, Meter.NONE, Meter.class);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        progress.endStep(route.getRouteId());
        StepJournal.run(exchange)
                .ifPresent(run -> journal.endStep(
                        run,
                        route.getRouteId(),
                        Optional.ofNullable(exchange.getException()).map(Throwable::getMessage)));
    }
}
