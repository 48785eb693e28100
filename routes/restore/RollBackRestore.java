package restore;

import dolmen.model.Run;
import dolmen.model.StepFailure;
import dolmen.runs.Ending;
import dolmen.runs.Remedies;
import dolmen.runs.Remedy;
import dolmen.runs.RunJournal;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shared.StepJournal;

/**
 * The end of a restore that failed: everything is put back, then the run gives up as every other one. A restore that failed while it
 * dropped what it had replaced is not put back, since a part of that is gone already: it stands, and recovery drops the rest.
 */
public final class RollBackRestore extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RollBackRestore.class);
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
                .setProperty(RestoreFailures.CAUSE, exchangeProperty(Exchange.EXCEPTION_CAUGHT))
                .setProperty(FAILED_STEP, exchangeProperty(StepJournal.STEP))
                .process(exchange -> owe(exchange.getMessage().getBody(Run.class)))
                .choice()
                .when(exchange -> stands(exchange.getMessage().getBody(Run.class)))
                .process(RestoreFailures::afterVerification)
                .otherwise()
                .doTry()
                .to("direct:put-back-restore")
                .process(exchange ->
                        journal.settle(exchange.getMessage().getBody(Run.class).id()))
                .doCatch(Exception.class)
                .process(RestoreFailures::incompleteRollback)
                .end()
                .endChoice()
                .end()
                .setProperty(Exchange.EXCEPTION_CAUGHT, exchangeProperty(RestoreFailures.CAUSE))
                .setProperty(StepJournal.STEP, exchangeProperty(FAILED_STEP))
                .to("direct:give-up");
    }

    /** Notes in the journal that the restore is not put back yet. Where that fails, the run still counts as interrupted, since it has no report. */
    private void owe(Run run) {
        try {
            journal.owe(run.id());
        } catch (StepFailure unwritable) {
            LOG.error("{} HINT: {}", unwritable.getMessage(), unwritable.hint());
        }
    }

    private boolean stands(Run run) {
        return Remedies.of(run.request(), journal.position(run.id()), Ending.FAILED) == Remedy.STANDS;
    }
}
