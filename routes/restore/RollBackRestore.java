package restore;

import dolmen.model.Run;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.RunJournal;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shared.StepJournal;

/** The end of a restore that failed: everything is put back, then the run is handed over as every other that gave up. */
public final class RollBackRestore extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RollBackRestore.class);
    private static final String CAUSE = "dolmen.cause";
    private static final String FAILED_STEP = "dolmen.failed-step";

    private final RunJournal journal;

    public RollBackRestore(RunJournal journal) {
        this.journal = journal;
    }

    @Override
    public void configure() {
        from("direct:roll-back-restore")
                .routeId("roll-back-restore")
                .errorHandler(noErrorHandler())
                .setProperty(CAUSE, exchangeProperty(Exchange.EXCEPTION_CAUGHT))
                .setProperty(FAILED_STEP, exchangeProperty(StepJournal.STEP))
                .process(exchange -> owe(exchange.getMessage().getBody(Run.class)))
                .doTry()
                .to("direct:put-back-restore")
                .process(exchange ->
                        journal.settle(exchange.getMessage().getBody(Run.class).id()))
                .doCatch(Exception.class)
                .process(RollBackRestore::halfDone)
                .end()
                .setProperty(Exchange.EXCEPTION_CAUGHT, exchangeProperty(CAUSE))
                .setProperty(StepJournal.STEP, exchangeProperty(FAILED_STEP))
                .to("direct:give-up");
    }

    /** Where it cannot be written down, the run has no report either until it is put back, and so counts as interrupted. */
    private void owe(Run run) {
        try {
            journal.owe(run.id());
        } catch (StepFailure unwritable) {
            LOG.error("{} HINT: {}", unwritable.getMessage(), unwritable.hint());
        }
    }

    /** Both are told: why the restore failed, and why not all of it could be put back. A bug keeps its stack. */
    private static void halfDone(Exchange exchange) {
        Throwable cause = exchange.getProperty(CAUSE, Throwable.class);
        Throwable second = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        cause.addSuppressed(second);
        if (cause instanceof StepFailure && second instanceof StepFailure failure) {
            exchange.setProperty(
                    CAUSE,
                    new Failed(cause.getMessage() + "; then Dolmen " + failure.getMessage(), failure.hint(), cause));
        } else {
            LOG.error("not everything could be put back HINT: run `dolmen recover`", cause);
        }
    }
}
