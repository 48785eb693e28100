package shared;

import dolmen.model.StepFailure.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/**
 * Every call to Metabase: a GET without a login. To connect, and each read of the answer, may take 10 seconds; of an answer at most
 * 4 MiB are read. A status other than 200 is a failure.
 */
public final class MetabaseHttp extends RouteBuilder {
    private static final int LIMIT_MILLIS = 10_000;
    private static final int LARGEST = 4 << 20;

    private final URI url;

    public MetabaseHttp(URI url) {
        this.url = url;
    }

    @Override
    public void configure() {
        from("direct:metabase-http")
                .routeId("metabase-http")
                .errorHandler(noErrorHandler())
                .to(url
                        + "?throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false&skipRequestHeaders=true"
                        + "&connectTimeout=" + LIMIT_MILLIS + "&connectionRequestTimeout=" + LIMIT_MILLIS
                        + "&responseTimeout=" + LIMIT_MILLIS)
                .process(MetabaseHttp::read);
    }

    private static void read(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status != 200) {
            throw new IOException("it answers " + status);
        }
        try (InputStream body = message.getBody(InputStream.class)) {
            message.setBody(new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
        }
    }

    /** The route as a plain function from a path to the answer, for classes that know no Camel. */
    public static UnaryOperator<String> over(ProducerTemplate template, URI url) {
        return path -> {
            Exchange exchange = template.request("direct:metabase-http", filled -> {
                filled.getMessage().setHeader(Exchange.HTTP_URI, url + path);
                filled.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
            });
            if (exchange.getException() != null) {
                throw new Unavailable(
                        "metabase at " + url + " gives no answer to " + path + ": "
                                + exchange.getException().getMessage(),
                        "See whether Metabase runs, and whether dolmen.metabase.url is its address.",
                        exchange.getException());
            }
            return exchange.getMessage().getBody(String.class);
        };
    }
}
