package shared;

import dolmen.model.StepFailure;
import dolmen.settings.RetrySettings;
import org.apache.camel.Exchange;

/** Decides whether the step that has just failed is tried again. */
final class RetryPolicy {
    private final RetrySettings retry;

    RetryPolicy(RetrySettings retry) {
        this.retry = retry;
    }

    /** True while the failure may pass and the step has attempts left. */
    boolean again(Exchange exchange) {
        int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        return mayPass(exchange) && attempts < retry.attemptsOf(StepJournal.stepOf(exchange));
    }

    static boolean mayPass(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof StepFailure failure && failure.mayPass();
    }
}
