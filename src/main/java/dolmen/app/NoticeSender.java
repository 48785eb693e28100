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
 * Hands what is to be told to the route that sends it. A notice is kept first and waits in the outbox until it was sent; a
 * ping is not, since a late one would lie.
 */
final class NoticeSender implements RunNotices.Sender {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final NotifySettings words;
    private final Outbox outbox;
    private final ProducerTemplate queue;
    private final List<NoticeEndpoint> outlets;
    private final Optional<NoticeEndpoint> ping;
    private final Optional<NoticeEndpoint> pingFailure;

    NoticeSender(NotifySettings settings, Outbox outbox, CamelContext context) {
        this.words = settings;
        this.outbox = outbox;
        this.queue = context.createProducerTemplate();
        this.outlets = settings.to().stream()
                .map(address -> NoticeEndpoint.of(context, address))
                .toList();
        this.ping = settings.ping().map(address -> NoticeEndpoint.of(context, address));
        this.pingFailure = settings.pingFailure().map(address -> NoticeEndpoint.of(context, address));
    }

    @Override
    public void tell(Notice notice) {
        outlets.forEach(outlet -> {
            if (keep(outlet, notice)) {
                sendWaiting(outlet);
            } else {
                queue(outlet, Optional.of(message(outlet, notice)));
            }
        });
    }

    @Override
    public void ping(boolean good) {
        (good ? ping : pingFailure).ifPresent(outlet -> queue(outlet, Optional.empty()));
    }

    /** The places that are told, by their identities. */
    List<String> places() {
        return outlets.stream().map(outlet -> outlet.address().identity()).toList();
    }

    /** Sends all that waits for the place. */
    void sendWaiting(String place) {
        outlets.stream()
                .filter(outlet -> outlet.address().identity().equals(place))
                .forEach(this::sendWaiting);
    }

    /** Tells each place at once; a line for each. True when all were told. */
    boolean test(Notice notice, Consumer<String> lines) {
        boolean all = true;
        for (NoticeEndpoint outlet : outlets) {
            try {
                outlet.send(Optional.of(message(outlet, notice)));
                lines.accept("told " + outlet.address().place());
            } catch (StepFailure failure) {
                lines.accept(failure.getMessage() + " HINT: " + failure.hint());
                all = false;
            }
        }
        return all;
    }

    private boolean keep(NoticeEndpoint outlet, Notice notice) {
        try {
            outbox.keep(outlet.address().identity(), notice);
            return true;
        } catch (StepFailure refused) {
            LOG.error("a notification is tried only now: {} HINT: {}", refused.getMessage(), refused.hint());
            return false;
        }
    }

    private void sendWaiting(NoticeEndpoint outlet) {
        String place = outlet.address().identity();
        queue(new Delivery(
                place, () -> outbox.send(place, notice -> outlet.send(Optional.of(message(outlet, notice))))));
    }

    private void queue(NoticeEndpoint outlet, Optional<NoticeMessage> message) {
        queue(new Delivery(outlet.address().identity(), () -> {
            outlet.send(message);
            return true;
        }));
    }

    private void queue(Delivery delivery) {
        queue.sendBody(SendNotice.QUEUE, delivery);
    }

    private NoticeMessage message(NoticeEndpoint outlet, Notice notice) {
        return outlet.address().isHttp() ? NoticeMessage.json(notice, words.json()) : NoticeMessage.text(notice, words);
    }
}
