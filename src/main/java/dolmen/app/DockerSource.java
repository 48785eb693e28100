package dolmen.app;

import dolmen.discovery.DruidProperties;
import dolmen.discovery.StackProperties;
import dolmen.doctor.Source;
import dolmen.settings.Settings;
import dolmen.stack.DockerHost;
import dolmen.stack.Service;
import java.time.Instant;
import java.util.Optional;

/** A Docker engine as the doctor sees it. */
record DockerSource(DockerHost docker, Settings settings) implements Source.Engine {
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
        return StackProperties.coordinator(docker.containers(), project(), docker::text);
    }

    /** Another stack may be on the engine whose services have other names: then the settings need no project. */
    private Optional<String> project() {
        return settings.stack()
                .project()
                .or(() -> docker.find(settings.segments().service()).flatMap(Service::project));
    }
}
