package shared;

import com.github.dockerjava.api.DockerClient;
import dolmen.stack.EngineAddress;
import dolmen.stack.docker.Containers;
import dolmen.stack.docker.EngineTransport;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
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
        return new DockerRoutes(template);
    }

    private static DockerComponent component(CamelContext context) {
        return context.getComponent("docker", DockerComponent.class);
    }
}
