package shared;

import dolmen.druid.DruidReply;
import dolmen.druid.DruidRequest;
import dolmen.settings.CertificateAuthority;
import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * Every call to Druid: its base address, credentials, own authority and time-outs. Bodies stream; nothing is retried
 * here.
 */
public final class DruidHttp extends RouteBuilder {
    private final DruidSettings settings;

    public DruidHttp(DruidSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure() {
        from("direct:druid-http")
                .routeId("druid-http")
                .errorHandler(noErrorHandler())
                .streamCache("false")
                .process(DruidHttp::address)
                .to(endpoint())
                .id("druid-http-send")
                .process(DruidHttp::read)
                .id("druid-http-read");
    }

    private String endpoint() {
        getContext().getRegistry().bind("druid-client", new DruidClient(settings));
        long limit = settings.callLimit().toMillis();
        String endpoint = settings.url()
                + "?httpClientConfigurer=#druid-client&throwExceptionOnFailure=false&disableStreamCache=true"
                + "&followRedirects=false&copyHeaders=false&skipRequestHeaders=true"
                + "&connectTimeout=" + limit + "&connectionRequestTimeout=" + limit + "&responseTimeout=" + limit;
        if (settings.caFile().isEmpty() || !"https".equals(settings.url().getScheme())) {
            return endpoint;
        }
        getContext()
                .getRegistry()
                .bind("druid-authority", authority(settings.caFile().get()));
        return endpoint + "&sslContextParameters=#druid-authority";
    }

    /** Host names are still checked: only the authorities are others. */
    private static SSLContextParameters authority(Path file) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(CertificateAuthority.trust(file));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private static void address(Exchange exchange) {
        DruidRequest request =
                exchange.getProperty(DruidGateway.CALL, DruidGateway.Call.class).request();
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_URI, request.uri().toString());
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(request.body().orElse(null));
    }

    private static void read(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        InputStream body = message.getBody() instanceof InputStream stream ? stream : InputStream.nullInputStream();
        DruidReply reply = new DruidReply(
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                Optional.ofNullable(message.getHeader(Exchange.CONTENT_TYPE, String.class)),
                Optional.ofNullable(message.getHeader("Location", String.class)),
                body);
        exchange.getProperty(DruidGateway.CALL, DruidGateway.Call.class).read(reply);
    }
}
