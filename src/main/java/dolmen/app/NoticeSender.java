package dolmen.app;

import dolmen.model.Notice;
import dolmen.model.StepFailure;
import dolmen.notices.NoticeMessage;
import dolmen.notices.Outbox;
import dolmen.notices.RunNotices;
import dolmen.settings.NotifySettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import notices.Delivery;
import notices.NoticeEndpoint;
import notices.SendNotice;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues notices and pings for the route that sends them. A notice is stored in the outbox first, and stays there until it is
 * sent; a ping is not stored, since one that arrives late would say what does not hold any more.
 */
final class NoticeSender implements RunNotices.Sender {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final NotifySettings settings;
    private final Outbox outbox;
    private final ProducerTemplate queue;
    private final List<NoticeEndpoint> endpoints;
    private final Optional<NoticeEndpoint> ping;
    private final Optional<NoticeEndpoint> pingFailure;

    NoticeSender(NotifySettings settings, Outbox outbox, CamelContext context) {
        this.settings = settings;
        this.outbox = outbox;
        this.queue = context.createProducerTemplate();
        this.endpoints = settings.to().stream()
                .map(address -> NoticeEndpoint.of(context, address))
                .toList();
        this.ping = settings.ping().map(address -> NoticeEndpoint.of(context, address));
        this.pingFailure = settings.pingFailure().map(address -> NoticeEndpoint.of(context, address));
    }

    @Override
    public void tell(Notice notice) {
        endpoints.forEach(endpoint -> {
            if (keep(endpoint, notice)) {
                sendWaiting(endpoint);
            } else {
                queue(endpoint, Optional.of(message(endpoint, notice)));
            }
        });
    }

    @Override
    public void ping(boolean good) {
        (good ? ping : pingFailure).ifPresent(endpoint -> queue(endpoint, Optional.empty()));
    }

    /** The places that notices are sent to, by their identities. */
    List<String> places() {
        return endpoints.stream().map(endpoint -> endpoint.address().identity()).toList();
    }

    /** Sends all that waits for the place. */
    void sendWaiting(String place) {
        endpoints.stream()
                .filter(endpoint -> endpoint.address().identity().equals(place))
                .forEach(this::sendWaiting);
    }

    /** Sends to each place now, past the outbox, with a line for each. True when all were sent. */
    boolean test(Notice notice, Consumer<String> lines) {
        boolean all = true;
        for (NoticeEndpoint endpoint : endpoints) {
            try {
                endpoint.send(Optional.of(message(endpoint, notice)));
                lines.accept("told " + endpoint.address().place());
            } catch (StepFailure failure) {
                lines.accept(failure.getMessage() + " HINT: " + failure.hint());
                all = false;
            }
        }
        return all;
    }

    private boolean keep(NoticeEndpoint endpoint, Notice notice) {
        try {
            outbox.keep(endpoint.address().identity(), notice);
            return true;
        } catch (StepFailure refused) {
            LOG.error("a notification is tried only now: {} HINT: {}", refused.getMessage(), refused.hint());
            return false;
        }
    }

    private void sendWaiting(NoticeEndpoint endpoint) {
        String place = endpoint.address().identity();
        queue(new Delivery(
                place, () -> outbox.send(place, notice -> endpoint.send(Optional.of(message(endpoint, notice))))));
    }

    private void queue(NoticeEndpoint endpoint, Optional<NoticeMessage> message) {
        queue(new Delivery(endpoint.address().identity(), () -> {
            endpoint.send(message);
            return true;
        }));
    }

    private void queue(Delivery delivery) {
        queue.sendBody(SendNotice.QUEUE, delivery);
    }

    private NoticeMessage message(NoticeEndpoint endpoint, Notice notice) {
        return endpoint.address().isHttp()
                ? NoticeMessage.json(notice, settings.json())
                : NoticeMessage.text(notice, settings);
    }
}
