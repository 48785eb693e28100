package notices;

import dolmen.notices.NoticeMessage;
import dolmen.settings.NoticeAddress;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpEndpoint;
import shared.HiddenTexts;
import shared.NamedEndpoint;

/** A Camel endpoint that notices are sent to; without a message it is only called, as a ping. */
public final class NoticeEndpoint {
    private final NoticeAddress address;
    private final Endpoint endpoint;
    private final ProducerTemplate template;
    private final NoticeEndpointFailures failures;

    private NoticeEndpoint(
            NoticeAddress address, Endpoint endpoint, ProducerTemplate template, NoticeEndpointFailures failures) {
        this.address = address;
        this.endpoint = endpoint;
        this.template = template;
        this.failures = failures;
    }

    /** Makes the endpoint; its client repeats nothing by itself. */
    public static NoticeEndpoint of(CamelContext context, NoticeAddress address) {
        String uri = address.uri().reveal();
        HiddenTexts hidden = address.isHttp() ? HiddenTexts.withPath(uri) : new HiddenTexts(uri);
        NamedEndpoint named = new NamedEndpoint(address.key(), address.scheme(), address.place(), hidden);
        Endpoint endpoint = named.make(context, NoticeUri.limited(address));
        if (endpoint instanceof HttpEndpoint web) {
            web.setHttpClientConfigurer(client -> client.disableAutomaticRetries());
        }
        return new NoticeEndpoint(
                address, endpoint, context.createProducerTemplate(), new NoticeEndpointFailures(named));
    }

    public NoticeAddress address() {
        return address;
    }

    /** Sends it once. Throws a {@code StepFailure} without a cause, since Camel's messages may hold the URI; its text is cleaned. */
    public void send(Optional<NoticeMessage> message) {
        Exception failure;
        try {
            failure = template.send(endpoint, sent -> message.ifPresent(words -> fill(sent.getMessage(), words)))
                    .getException();
        } catch (RuntimeException unsent) {
            failure = unsent;
        }
        if (failure != null) {
            throw failures.of(failure);
        }
    }

    /** Without a method, Camel would get an address that has a query and lose the body. */
    private static void fill(Message sent, NoticeMessage words) {
        sent.setHeader(Exchange.HTTP_METHOD, "POST");
        sent.setBody(words.body());
        sent.setHeader(Exchange.CONTENT_TYPE, words.contentType());
        words.subject().ifPresent(subject -> sent.setHeader("Subject", subject));
    }
}
