package dolmen;

import dolmen.discovery.DruidProperties;
import dolmen.discovery.StackProperties;
import dolmen.doctor.Source;
import dolmen.stack.DockerHost;
import java.time.Instant;
import java.util.Optional;

/** A Docker engine as the doctor sees it. */
record DockerSource(DockerHost docker, Optional<String> project) implements Source.Engine {
    @Override
    public String describe() {
        return docker.describe();
    }

    @Override
    public Instant time() {
        return docker.time();
    }

    @Override
    public DruidProperties coordinator() {
        return StackProperties.coordinator(docker.containers(), project, docker::text);
    }
}
