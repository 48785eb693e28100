package shared;

import dolmen.model.StepFailure;
import dolmen.runs.RunJournal;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** The first processor of a step, which runs only when the journal has it that the step begins. */
final class RecordedStep extends DelegateAsyncProcessor {
    private final RunJournal journal;
    private final String step;

    RecordedStep(RunJournal journal, String step, Processor target) {
        super(target);
        this.journal = journal;
        this.step = step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            StepJournal.run(exchange).ifPresent(run -> journal.beginStep(run, step));
        } catch (StepFailure unwritable) {
            exchange.setException(unwritable);
            callback.done(true);
            return true;
        }
        return super.process(exchange, callback);
    }
}
