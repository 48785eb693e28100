package shared;

import dolmen.model.Secret;
import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Sets up the HTTP client below the endpoint: credentials go out with the first request and are known to the client
 * only, so that no address, message header or log of Camel holds them. One read may take as long as the call limit; a
 * whole answer as long as the verify limit when that is longer, since lists of segments can be large.
 */
final class DruidClient implements HttpClientConfigurer {
    private final DruidSettings settings;
    private final Duration answerLimit;

    DruidClient(DruidSettings settings) {
        this.settings = settings;
        boolean callIsLonger = settings.callLimit().compareTo(settings.verifyLimit()) > 0;
        this.answerLimit = callIsLonger ? settings.callLimit() : settings.verifyLimit();
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("answer-limit", this::limited);
        settings.user().ifPresent(user -> {
            String authorization = basic(user, settings.password().orElse(new Secret("")));
            builder.addRequestInterceptorFirst(
                    (request, entity, context) -> request.setHeader(HttpHeaders.AUTHORIZATION, authorization));
        });
    }

    private static String basic(String user, Secret password) {
        byte[] both = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private ClassicHttpResponse limited(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        long end = System.nanoTime() + answerLimit.toNanos();
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (response.getEntity() != null) {
            response.setEntity(new HttpEntityWrapper(response.getEntity()) {
                @Override
                public InputStream getContent() throws IOException {
                    return new LimitedStream(super.getContent(), end, scope.execRuntime);
                }
            });
        }
        return response;
    }
}
