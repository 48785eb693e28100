package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_CONTAINER_ID;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_FORCE;

import com.github.dockerjava.api.exception.NotFoundException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Removes a container, running or not, and none of its volumes. Body in: its id or name. One that is gone is fine. */
public final class RemoveContainer extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:remove-container")
                .routeId("remove-container")
                .errorHandler(noErrorHandler())
                .setHeader(DOCKER_CONTAINER_ID, body())
                .setHeader(DOCKER_FORCE, constant(true))
                .doTry()
                .to("docker:containerremove")
                .doCatch(NotFoundException.class)
                .log(LoggingLevel.DEBUG, "container ${body} was gone already")
                .end();
    }
}
