package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dolmen.model.StepFailure;
import dolmen.stack.EngineAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {
    @TempDir
    Path folder;

    @Test
    @Tag("DK-06")
    void a_socket_and_a_port_are_told_apart() {
        EngineAddress socket = address("unix:///run/user/1000/docker.sock");
        assertThat(socket.socket()).isTrue();
        assertThat(socket.host()).isEqualTo("/run/user/1000/docker.sock");
        EngineAddress port = address("tcp://engine.example");
        assertThat(port.socket()).isFalse();
        assertThat(port.host()).isEqualTo("engine.example");
        assertThat(port.port()).isEqualTo(2375);
        assertThat(address("tcp://engine.example:4000").port()).isEqualTo(4000);
    }

    @Test
    void other_schemes_are_unusable() {
        for (String wrong :
                new String[] {"ssh://somebody@engine", "npipe:////./pipe/docker", "/var/run/docker.sock", ""}) {
            assertThatThrownBy(() -> address(wrong))
                    .isInstanceOf(StepFailure.Unusable.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    @Tag("DK-07")
    void a_missing_certificate_is_unusable_and_never_plain_http() throws IOException {
        Files.createFile(folder.resolve("ca.pem"));
        Files.createFile(folder.resolve("cert.pem"));
        assertThatThrownBy(() -> new EngineAddress(URI.create("tcp://engine:2376"), Optional.of(folder)))
                .isInstanceOf(StepFailure.Unusable.class)
                .hasMessageContaining("key.pem");
    }

    @Test
    @Tag("DK-06")
    void a_missing_socket_is_told_with_its_path_and_the_user() throws Exception {
        String missing = "unix://" + folder.resolve("none.sock");
        try (DockerFixture docker = DockerFixture.through(missing)) {
            assertThatThrownBy(() -> docker.host().find("postgres"))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining(folder.resolve("none.sock").toString())
                    .hasMessageContaining("uid ");
            assertThatThrownBy(() -> docker.host().describe()).isInstanceOf(StepFailure.Failed.class);
        }
    }

    @Test
    void a_socket_that_nobody_listens_on_is_unavailable() throws Exception {
        Path path = folder.resolve("dead.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        try (DockerFixture docker = DockerFixture.through("unix://" + path)) {
            assertThatThrownBy(() -> docker.host().find("postgres")).isInstanceOf(StepFailure.Unavailable.class);
        }
    }

    @Test
    void a_refused_connection_is_unavailable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (DockerFixture docker = DockerFixture.through("tcp://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> docker.host().find("postgres")).isInstanceOf(StepFailure.Unavailable.class);
        }
    }

    @Test
    @Tag("DK-01")
    @Tag("DK-07")
    void every_call_goes_to_the_one_address_and_asks_for_no_version() throws Exception {
        List<String> paths = new CopyOnWriteArrayList<>();
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            byte[] nothing = "[]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        engine.start();
        String address = "tcp://127.0.0.1:" + engine.getAddress().getPort();
        try (DockerFixture docker = DockerFixture.through(address)) {
            assertThat(docker.host().find("postgres")).isEmpty();
        } finally {
            engine.stop(0);
        }
        // A path without a version is taken by old and new engines alike, each in its newest version.
        assertThat(paths).isNotEmpty().containsOnly("/containers/json");
    }

    @Test
    @Tag("DK-06")
    void permission_denied_says_who_may_not_use_what() {
        StepFailure failure = new EngineFailures(address("unix:///var/run/docker.sock"))
                .broken("stop metabase", new IOException("Permission denied"));
        assertThat(failure)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageMatching("uid \\d+ may not use .*/var/run/docker.sock");
        assertThat(failure.hint()).contains("group");
    }

    private static EngineAddress address(String text) {
        return EngineAddress.of(DockerFixture.settings(text, Optional.empty()));
    }
}
