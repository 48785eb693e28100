package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_CONTAINER_ID;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_ENTRYPOINT;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_ENV;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_HOST_CONFIG;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_IMAGE;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_NAME;
import static org.apache.camel.component.docker.DockerConstants.DOCKER_USER;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import dolmen.stack.docker.ThrowAway;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * Runs a container to its end and removes it whatever happens. Body in: a {@link ThrowAway}; body out: its exit status.
 * The container is removed by its name, which is known even where the engine's answer to its creation was lost.
 */
public final class ThrowAwayContainer extends RouteBuilder {
    private static final String THROW_AWAY = "throwAway";
    private static final String STATUS = "status";

    @Override
    public void configure() {
        from("direct:throw-away-container")
                .routeId("throw-away-container")
                .errorHandler(noErrorHandler())
                .setProperty(THROW_AWAY, body())
                .process(ThrowAwayContainer::describe)
                .doTry()
                .to("docker:containercreate")
                .removeHeaders("CamelDocker*")
                .setHeader(DOCKER_CONTAINER_ID, simple("${exchangeProperty.throwAway.name}"))
                .to("docker:containerstart")
                .to("docker:containerwait")
                .process(ThrowAwayContainer::takeStatus)
                .doFinally()
                .setBody(simple("${exchangeProperty.throwAway.name}"))
                .to("direct:remove-container")
                .end()
                .setBody(exchangeProperty(STATUS));
    }

    private static void describe(Exchange exchange) {
        ThrowAway container = exchange.getProperty(THROW_AWAY, ThrowAway.class);
        Message message = exchange.getMessage();
        message.setHeader(DOCKER_NAME, container.name());
        message.setHeader(DOCKER_IMAGE, container.image());
        message.setHeader(DOCKER_USER, "0:0");
        message.setHeader(DOCKER_ENTRYPOINT, container.entrypoint().toArray(String[]::new));
        message.setHeader(DOCKER_ENV, container.environment().toArray(String[]::new));
        message.setHeader(DOCKER_HOST_CONFIG, container.hostConfig());
    }

    private static void takeStatus(Exchange exchange) {
        WaitContainerResultCallback waited = exchange.getMessage().getBody(WaitContainerResultCallback.class);
        exchange.setProperty(STATUS, waited.awaitStatusCode());
        ThrowAway container = exchange.getProperty(THROW_AWAY, ThrowAway.class);
        container.onEnd().accept(container.name());
    }
}
