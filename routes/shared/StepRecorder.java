package shared;

import dolmen.progress.RunProgress;
import dolmen.runs.RunJournal;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Tells journal and progress when a step is under way and when it has ended. */
final class StepRecorder extends RoutePolicySupport {
    private final RunJournal journal;
    private final RunProgress progress;

    StepRecorder(RunJournal journal, RunProgress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(StepJournal.STEP, route.getRouteId());
        progress.beginStep(route.getRouteId());
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
