package notices;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/** Looks at something of the long-lived process again and again; a look that throws does not keep the next one from its time. */
public final class Watch extends RouteBuilder {
    private final String name;
    private final Runnable look;
    private final Duration pause;

    /** {@code name} becomes the id of the route; {@code pause} lies between the end of a look and the next one. */
    public Watch(String name, Runnable look, Duration pause) {
        this.name = name;
        this.look = look;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from("scheduler:" + name + "?delay=" + pause.toMillis())
                .routeId(name)
                .errorHandler(noErrorHandler())
                .process(exchange -> look.run());
    }
}
