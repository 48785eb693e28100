package notices;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/** Checks from time to time whether anything waits to be sent, and has it sent. */
public final class WatchOutbox extends RouteBuilder {
    private final Runnable check;
    private final Duration pause;

    public WatchOutbox(Runnable check, Duration pause) {
        this.check = check;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from("scheduler:watch-outbox?delay=" + pause.toMillis())
                .routeId("watch-outbox")
                .errorHandler(noErrorHandler())
                .process(exchange -> check.run());
    }
}
