package restore;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run reports of a restore that failed and was not rolled back, or not completely. */
final class RestoreFailures {
    /** The exchange property with the failure that ended the restore. */
    static final String CAUSE = "dolmen.cause";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreFailures.class);

    private RestoreFailures() {}

    /** The restore had been verified already, and stands: only its end, which keeps or drops what it replaced, is missing. */
    static void afterVerification(Exchange exchange) {
        Throwable cause = exchange.getProperty(CAUSE, Throwable.class);
        exchange.setProperty(
                CAUSE,
                new Failed(
                        "the restore stands, but its end is not done, which keeps or drops what it replaced: "
                                + cause.getMessage(),
                        "Do not restore again: mend the cause and run `dolmen recover`.",
                        cause));
    }

    /** Reports both: why the restore failed, and why the rollback failed. A bug is logged with its stack. */
    static void incompleteRollback(Exchange exchange) {
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
