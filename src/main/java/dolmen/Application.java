package dolmen;

import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import java.util.List;
import java.util.Map;

/** x. */
public final class Application implements AutoCloseable {
    public Application(Settings settings, Map<String, String> shown) {}

    public void start() {}

    public void serve() {}

    public Report run(RunRequest request) {
        return null;
    }

    public List<String> recover() {
        return List.of();
    }

    @Override
    public void close() {}
}
