package restore;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a restore that failed and was not put back, or not all of it. */
final class RestoreFailures {
    /** The exchange property with why the restore failed. */
    static final String CAUSE = "dolmen.cause";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreFailures.class);

    private RestoreFailures() {}

    static void verified(Exchange exchange) {
        Throwable cause = exchange.getProperty(CAUSE, Throwable.class);
        exchange.setProperty(
                CAUSE,
                new Failed(
                        "the restore stands, but its end is not done, which keeps or drops what it replaced: "
                                + cause.getMessage(),
                        "Do not restore again: mend the cause and run `dolmen recover`.",
                        cause));
    }

    /** Both are told: why the restore failed, and why not all of it could be put back. A bug keeps its stack. */
    static void halfDone(Exchange exchange) {
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
