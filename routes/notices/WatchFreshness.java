package notices;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/** Looks from time to time whether there is a fresh backup. */
public final class WatchFreshness extends RouteBuilder {
    private final Runnable look;
    private final Duration pause;

    public WatchFreshness(Runnable look, Duration pause) {
        this.look = look;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from("scheduler:watch-freshness?delay=" + pause.toMillis())
                .routeId("watch-freshness")
                .errorHandler(noErrorHandler())
                .process(exchange -> look.run());
    }
}
