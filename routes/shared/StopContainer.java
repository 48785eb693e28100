package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_CONTAINER_ID;

import com.github.dockerjava.api.exception.NotModifiedException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Stops a container and waits. Body in: its id or name; header {@code CamelDockerTimeout}: seconds until the engine kills
 * it. A stopped one is fine.
 */
public final class StopContainer extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:stop-container")
                .routeId("stop-container")
                .errorHandler(noErrorHandler())
                .setHeader(DOCKER_CONTAINER_ID, body())
                .doTry()
                .to("docker:containerstop")
                .doCatch(NotModifiedException.class)
                .log(LoggingLevel.DEBUG, "container ${body} was stopped already")
                .end();
    }
}
