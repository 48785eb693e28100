package dolmen.druid;

import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Calls without Camel, by the JDK's own client. */
final class JdkCall implements DruidCall {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final DruidSettings settings;

    JdkCall(DruidSettings settings) {
        this.settings = settings;
    }

    @Override
    public <T> T send(DruidRequest request, Reader<T> reader) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .timeout(settings.callLimit())
                .header("Content-Type", "application/json");
        builder.method(
                request.method(),
                request.body().map(HttpRequest.BodyPublishers::ofString).orElse(HttpRequest.BodyPublishers.noBody()));
        settings.user().ifPresent(user -> {
            String both = user + ":" + settings.password().orElseThrow().reveal();
            builder.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        });
        try {
            HttpResponse<InputStream> response =
                    client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return reader.read(new DruidReply(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type"),
                        response.headers().firstValue("Location"),
                        body));
            }
        } catch (HttpTimeoutException late) {
            throw CallFailure.of(request, new SocketTimeoutException(late.getMessage()));
        } catch (IOException broken) {
            throw CallFailure.of(request, broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
