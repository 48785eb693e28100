package dolmen.stack.docker;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Host;
import dolmen.stack.HostContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

@Needs(Need.ENGINE)
class DockerContractTest extends HostContract {
    private static final String NAME = DockerFixture.name("contract");

    private static DockerFixture docker;

    @BeforeAll
    static void open() throws Exception {
        docker = DockerFixture.open();
        docker.idleWithVolume(NAME, "/data");
    }

    @AfterAll
    static void close() {
        if (docker != null) {
            docker.close();
        }
    }

    @BeforeEach
    void it_runs() {
        host().start(NAME);
    }

    @Override
    protected Host host() {
        return docker.host();
    }

    @Override
    protected String service() {
        return NAME;
    }

    @Override
    protected String folder() {
        return "/data";
    }
}
