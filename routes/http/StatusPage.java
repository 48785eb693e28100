package http;

import dolmen.http.PageRequest;
import dolmen.http.PageResponse;
import dolmen.http.Site;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** Every HTTP request goes to the site, and its answer back with headers that forbid a browser all that the page does not need. */
public final class StatusPage extends EndpointRouteBuilder {
    private static final Map<String, String> PRECAUTIONS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Site site;

    public StatusPage(Site site) {
        this.site = site;
    }

    @Override
    public void configure() {
        from(platformHttp("/").matchOnUriPrefix(true).advanced().useBodyHandler(false))
                .routeId("status-page")
                .errorHandler(noErrorHandler())
                .process(this::answer);
    }

    private void answer(Exchange exchange) {
        HttpMessage message = exchange.getIn(HttpMessage.class);
        PageResponse answer = site.answer(requestOf(message.getRequest()));
        PRECAUTIONS.forEach((name, value) -> message.getResponse().putHeader(name, value));
        Message reply = exchange.getMessage();
        reply.removeHeaders("*");
        reply.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        reply.setHeader(Exchange.CONTENT_TYPE, answer.type());
        if (answer.status() == 401) {
            reply.setHeader("WWW-Authenticate", "Basic realm=\"Dolmen\", charset=\"UTF-8\"");
        }
        reply.setBody(answer.body());
    }

    /** Reads the headers from Vert.x: in Camel's, parameters of the query stand as well, so that an address could forge a header. */
    private static PageRequest requestOf(HttpServerRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        Optional.ofNullable(request.authority()).ifPresent(host -> headers.put(PageRequest.HOST, host.toString()));
        return new PageRequest(request.method().name(), request.path(), headers);
    }
}
