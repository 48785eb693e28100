package dolmen.app;

import dolmen.discovery.DruidProperties;
import dolmen.discovery.StackProperties;
import dolmen.doctor.Source;
import dolmen.settings.Settings;
import dolmen.stack.Engine;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.time.Instant;
import java.util.Optional;

/** An engine as the doctor sees it. */
record EngineSource(Engine engine, Host host, Settings settings) implements Source.Engine {
    @Override
    public String describe() {
        return engine.describe();
    }

    @Override
    public Instant time() {
        return engine.time();
    }

    @Override
    public DruidProperties coordinator() {
        return StackProperties.coordinator(engine.containers(), project(), engine::text);
    }

    /** Another stack may be on the engine whose services have other names: then the settings need no project. */
    private Optional<String> project() {
        return settings.stack()
                .project()
                .or(() -> host.find(settings.segments().service()).flatMap(Service::project));
    }
}
