package notices;

import dolmen.model.StepFailure;
import dolmen.notices.NoticeRecords;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Sends notices and pings on threads of its own, so that no run waits for them. What cannot be sent is tried three times more
 * where that may help; then it is logged, and recorded for {@code dolmen status}.
 */
public final class SendNotice extends RouteBuilder {
    /** A message here, a {@link Delivery}, is sent. */
    public static final String QUEUE = "seda:send-notice";

    private static final int ATTEMPTS = 3;

    private final NoticeRecords records;
    private final Duration pause;

    /** {@code pause} is before the second attempt; it doubles. */
    public SendNotice(NoticeRecords records, Duration pause) {
        this.records = records;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from(QUEUE + "?concurrentConsumers=4&pollTimeout=100")
                .routeId("send-notice")
                .errorHandler(defaultErrorHandler())
                .onException(Exception.class)
                .retryWhile(SendNotice::again)
                .redeliveryDelay(pause.toMillis())
                .useExponentialBackOff()
                .logExhausted(false)
                .retryAttemptedLogLevel(LoggingLevel.OFF)
                .handled(true)
                .process(this::notSent)
                .end()
                .process(this::send);
    }

    private void send(Exchange exchange) {
        Delivery delivery = exchange.getMessage().getBody(Delivery.class);
        if (delivery.attempt().getAsBoolean()) {
            remember(delivery, Optional.empty());
        }
    }

    private static boolean again(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof StepFailure failure
                && failure.mayPass()
                && exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) < ATTEMPTS;
    }

    private void notSent(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure instanceof StepFailure known) {
            log.error("{} HINT: {}", known.getMessage(), known.hint());
            Delivery delivery = exchange.getMessage().getBody(Delivery.class);
            remember(delivery, Optional.of(known.getMessage() + " HINT: " + known.hint()));
        } else {
            log.error("a notification was not sent", failure);
        }
    }

    private void remember(Delivery delivery, Optional<String> problem) {
        try {
            records.replace(state -> state.sent(delivery.place(), problem));
        } catch (StepFailure unwritable) {
            log.warn("{} HINT: {}", unwritable.getMessage(), unwritable.hint());
        }
    }
}
