package shared;

import dolmen.settings.RetrySettings;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;

/**
 * What happens when a step fails. The route of the run owns the error handler: it repeats the step that failed while
 * its failure may pass, and hands the run over when it does not. Step routes have none, so nothing is retried twice.
 */
public final class StepFailures extends RouteConfigurationBuilder {
    /** For the run's route: retries, then {@code direct:give-up} with the run as it began. */
    public static final String RUN = "run";

    /** For the restore's route: as {@link #RUN}, but everything is put back first. */
    public static final String RESTORE = "restore";

    /** For the steps: a failure goes up to the run. */
    public static final String STEP = "step";

    private final RetrySettings retry;

    public StepFailures(RetrySettings retry) {
        this.retry = retry;
    }

    @Override
    public void configuration() {
        givingUpTo(RUN, "direct:give-up");
        givingUpTo(RESTORE, "direct:roll-back-restore");
        routeConfiguration(STEP).errorHandler(noErrorHandler());
    }

    private void givingUpTo(String name, String next) {
        RouteConfigurationDefinition run = routeConfiguration(name)
                .errorHandler(deadLetterChannel(next).useOriginalMessage().maximumRedeliveries(0));
        retrying(run.onException(Exception.class).onWhen(LateFailures::isCollected))
                .continued(true)
                .process(LateFailures::keep);
        retrying(run.onException(Exception.class).onWhen(RetryPolicy::mayPass))
                .handled(true)
                .useOriginalMessage()
                .to(next);
    }

    private OnExceptionDefinition retrying(OnExceptionDefinition failure) {
        return failure.retryWhile(exchange -> new RetryPolicy(retry).again(exchange))
                .redeliveryDelay(retry.delay().toMillis())
                .useExponentialBackOff()
                .backOffMultiplier(retry.multiplier())
                .maximumRedeliveryDelay(retry.maximumDelay().toMillis())
                .useCollisionAvoidance();
    }
}
