package shared;

import dolmen.model.Milestone;
import dolmen.model.StepFailure;
import dolmen.runs.RunJournal;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Wraps the first processor of a step: it runs only once the journal says that the step begins, else the step fails. */
final class RecordedStep extends DelegateAsyncProcessor {
    private final RunJournal journal;
    private final String step;
    private final Optional<Milestone> milestone;

    RecordedStep(RunJournal journal, String step, Optional<Milestone> milestone, Processor target) {
        super(target);
        this.journal = journal;
        this.step = step;
        this.milestone = milestone;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            StepJournal.run(exchange).ifPresent(run -> journal.beginStep(run, step, milestone));
        } catch (StepFailure unwritable) {
            exchange.setException(unwritable);
            callback.done(true);
            return true;
        }
        return super.process(exchange, callback);
    }
}
