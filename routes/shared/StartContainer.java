package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_CONTAINER_ID;

import com.github.dockerjava.api.exception.NotModifiedException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Starts a container. Body in: its id or name. A running one is fine. */
public final class StartContainer extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:start-container")
                .routeId("start-container")
                .errorHandler(noErrorHandler())
                .setHeader(DOCKER_CONTAINER_ID, body())
                .doTry()
                .to("docker:containerstart")
                .doCatch(NotModifiedException.class)
                .log(LoggingLevel.DEBUG, "container ${body} ran already")
                .end();
    }
}
