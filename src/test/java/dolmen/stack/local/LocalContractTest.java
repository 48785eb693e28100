package dolmen.stack.local;

import dolmen.settings.StackSettings;
import dolmen.stack.Host;
import dolmen.stack.HostContract;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

class LocalContractTest extends HostContract {
    @BeforeEach
    void it_runs() throws Exception {
        Files.createDirectory(here.resolve("data"));
        host().start(service());
    }

    @Override
    protected Host host() {
        String flag = "'" + here + "/{service}.flag'";
        return new LocalHost(new StackSettings(
                StackSettings.Kind.LOCAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("rm -f " + flag),
                Optional.of("touch " + flag),
                Optional.of("test -e " + flag),
                Duration.ofSeconds(10),
                "unix:///var/run/docker.sock",
                Optional.empty()));
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
