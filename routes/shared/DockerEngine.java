package shared;

import static org.apache.camel.component.docker.DockerConstants.DOCKER_TIMEOUT;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dolmen.stack.Containers;
import dolmen.stack.EngineAddress;
import dolmen.stack.EngineTransport;
import dolmen.stack.ThrowAway;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.docker.DockerClientFactory;
import org.apache.camel.component.docker.DockerComponent;
import org.apache.camel.component.docker.DockerConfiguration;

/** Tells camel-docker where the engine is and how to talk to it, and hands its routes on as {@link Containers}. */
public final class DockerEngine {
    private DockerEngine() {}

    /** Sets the {@code docker:} component up; before any of its routes is added. */
    public static void configure(CamelContext context, EngineAddress address) {
        DockerConfiguration docker = component(context).getConfiguration();
        docker.setSocket(address.socket());
        docker.setHost(address.host());
        docker.setPort(address.port());
        docker.setCmdExecFactory(EngineTransport.class.getName());
        docker.setSecure(address.certificates().isPresent());
        docker.setTlsVerify(address.certificates().isPresent());
        address.certificates().ifPresent(folder -> docker.setCertPath(folder.toString()));
    }

    /** The client that the {@code docker:} endpoints of this context use. */
    public static DockerClient client(CamelContext context) {
        return DockerClientFactory.getDockerClient(
                component(context), component(context).getConfiguration(), null);
    }

    /** The routes of this package as an interface that knows no Camel. */
    public static Containers over(ProducerTemplate template) {
        return new Routes(template);
    }

    private static DockerComponent component(CamelContext context) {
        return context.getComponent("docker", DockerComponent.class);
    }

    private record Routes(ProducerTemplate template) implements Containers {
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
}
