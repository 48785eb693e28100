package dolmen.stack.local;

import dolmen.stack.Host;
import dolmen.stack.HostContract;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;

class LocalContractTest extends HostContract {
    @BeforeEach
    void it_runs() throws Exception {
        Files.createDirectory(here.resolve("data"));
        host().start(service());
    }

    @Override
    protected Host host() {
        return new LocalHost(LocalSettings.flags(here));
    }

    @Override
    protected String service() {
        return "router";
    }

    @Override
    protected String folder() {
        return here.resolve("data").toString();
    }
}
