package intake;

import dolmen.model.RunId;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** Repeats runs that gave up, beside the request that asks for it. */
public final class RetryQueue extends RouteBuilder {
    /** A message here, the id of a run with a dead letter, begins its repetition. */
    public static final String QUEUE = "seda:retry-queue";

    private final Consumer<RunId> retries;

    public RetryQueue(Consumer<RunId> retries) {
        this.retries = retries;
    }

    @Override
    public void configure() {
        from(QUEUE + "?pollTimeout=100")
                .routeId("retry-queue")
                .errorHandler(noErrorHandler())
                .process(exchange -> retries.accept(exchange.getMessage().getBody(RunId.class)));
    }
}
