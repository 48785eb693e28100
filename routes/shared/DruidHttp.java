package shared;

import dolmen.druid.DruidReply;
import dolmen.druid.DruidRequest;
import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * Every call to Druid: sends a {@link dolmen.druid.DruidRequest} and hands the answer, as a stream, to whoever reads it. Address,
 * credentials, authority and time-outs are those of the settings; nothing is retried here.
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
                .to(new DruidEndpoint(settings, getContext().getRegistry()).uri())
                .id("druid-http-send")
                .process(DruidHttp::read)
                .id("druid-http-read");
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
