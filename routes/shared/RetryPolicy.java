package shared;

import dolmen.model.StepFailure;
import dolmen.settings.RetrySettings;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether the step that has just failed is tried again. */
final class RetryPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private final RetrySettings retry;

    RetryPolicy(RetrySettings retry) {
        this.retry = retry;
    }

    /** True while the failure may pass and the step has attempts left. */
    boolean again(Exchange exchange) {
        int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        String step = StepJournal.stepOf(exchange);
        int all = retry.attemptsOf(step);
        boolean again = mayPass(exchange) && attempts < all;
        if (again) {
            String why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
                    .getMessage();
            LOG.warn("{} failed, and is tried again, attempt {} of {}: {}", step, attempts + 1, all, why);
        }
        return again;
    }

    static boolean mayPass(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof StepFailure failure && failure.mayPass();
    }
}
