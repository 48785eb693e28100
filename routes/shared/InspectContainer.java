package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_CONTAINER_ID;

import org.apache.camel.builder.RouteBuilder;

/** How a container stands now. Body in: its id or name; body out: docker-java's {@code InspectContainerResponse}. */
public final class InspectContainer extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:inspect-container")
                .routeId("inspect-container")
                .errorHandler(noErrorHandler())
                .setHeader(DOCKER_CONTAINER_ID, body())
                .to("docker:inspectcontainer");
    }
}
