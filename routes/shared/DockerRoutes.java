package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_TIMEOUT;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dolmen.stack.docker.Containers;
import dolmen.stack.docker.ThrowAway;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;

/** The routes of this package as the containers that {@code dolmen.stack} asks for. */
record DockerRoutes(ProducerTemplate template) implements Containers {
    @Override
    public InspectContainerResponse inspect(String container) {
        return ask("direct:inspect-container", container, Map.of())
                .getMessage()
                .getBody(InspectContainerResponse.class);
    }

    @Override
    public void stop(String container, Duration limit) {
        ask("direct:stop-container", container, Map.of(DOCKER_TIMEOUT, Math.toIntExact(limit.toSeconds())));
    }

    @Override
    public void start(String container) {
        ask("direct:start-container", container, Map.of());
    }

    @Override
    public int runThrowAway(ThrowAway container) {
        return ask("direct:throw-away-container", container, Map.of())
                .getMessage()
                .getBody(Integer.class);
    }

    @Override
    public void remove(String container) {
        ask("direct:remove-container", container, Map.of());
    }

    private Exchange ask(String route, Object body, Map<String, Object> headers) {
        Exchange answer = template.request(route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
        if (answer.getException() == null) {
            return answer;
        }
        throw answer.getException() instanceof RuntimeException known
                ? known
                : RuntimeCamelException.wrapRuntimeCamelException(answer.getException());
    }
}
