package dolmen.stack.docker;

import com.github.dockerjava.api.command.DelegatingDockerCmdExecFactory;
import com.github.dockerjava.api.command.DockerCmdExecFactory;
import com.github.dockerjava.core.DefaultDockerCmdExecFactory;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientConfigAware;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * docker-java's Apache HttpClient 5 transport, archives uncompressed: the default (Netty) transport takes a cut archive
 * for a whole one, and an engine that may compress archives sends them eight times slower
 * (<a href="https://github.com/moby/moby/issues/40577">moby#40577</a>). Made by name by camel-docker.
 */
public final class EngineTransport extends DelegatingDockerCmdExecFactory implements DockerClientConfigAware {
    private static final int CONNECTIONS = 32;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private DefaultDockerCmdExecFactory delegate;

    @Override
    public void init(DockerClientConfig config) {
        DockerHttpClient http = new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_LIMIT)
                .build();
        delegate = new DefaultDockerCmdExecFactory(new Uncompressed(http), config.getObjectMapper());
        delegate.init(config);
    }

    @Override
    public DockerCmdExecFactory getDockerCmdExecFactory() {
        return delegate;
    }

    private record Uncompressed(DockerHttpClient http) implements DockerHttpClient {
        @Override
        public Response execute(Request request) {
            return new Abandonable(http.execute(Request.builder()
                    .method(request.method())
                    .path(request.path())
                    .headers(request.headers())
                    .putHeader("Accept-Encoding", "identity")
                    .bodyBytes(request.bodyBytes())
                    .body(request.body())
                    .hijackedInput(request.hijackedInput())
                    .build()));
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    /** A response whose body, closed half read, drops the connection and does not read gigabytes to the end. */
    private record Abandonable(DockerHttpClient.Response response) implements DockerHttpClient.Response {
        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return new FilterInputStream(response.getBody()) {
                @Override
                public void close() {
                    response.close();
                }
            };
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
