package notices;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/** Checks from time to time whether there is a fresh backup. */
public final class WatchFreshness extends RouteBuilder {
    private final Runnable check;
    private final Duration pause;

    public WatchFreshness(Runnable check, Duration pause) {
        this.check = check;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from("scheduler:watch-freshness?delay=" + pause.toMillis())
                .routeId("watch-freshness")
                .errorHandler(noErrorHandler())
                .process(exchange -> check.run());
    }
}
