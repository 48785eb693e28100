package notify;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Notice;
import dolmen.model.Secret;
import dolmen.notices.NoticeMessage;
import dolmen.notices.NoticeRecords;
import dolmen.notices.Outbox;
import dolmen.notices.OutboxWatch;
import dolmen.settings.NoticeAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import notices.Delivery;
import notices.NoticeEndpoint;
import notices.SendNotice;
import notices.Watch;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchOutboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path state;

    @Test
    void a_place_that_comes_back_is_told_once_what_it_missed_while_the_process_goes_on() throws Exception {
        Outbox outbox = new Outbox(state, Clock.systemUTC());
        NoticeRecords records = new NoticeRecords(state);
        try (Hook hook = new Hook();
                DefaultCamelContext context = new DefaultCamelContext()) {
            hook.failing.set(7);
            NoticeEndpoint outlet =
                    NoticeEndpoint.of(context, new NoticeAddress("dolmen.notify.to", new Secret(hook.url("/x"))));
            String place = outlet.address().identity();
            outbox.keep(place, new Notice(Map.of("title", "missed")));
            Delivery delivery = new Delivery(
                    place,
                    () -> outbox.send(
                            place, notice -> outlet.send(Optional.of(NoticeMessage.json(notice, Optional.empty())))));
            context.addRoutes(new SendNotice(records, Duration.ofMillis(20)));
            context.addRoutes(new Watch(
                    "watch-outbox",
                    new OutboxWatch(
                            outbox,
                            List.of(place),
                            again -> context.createProducerTemplate().sendBody(SendNotice.QUEUE, delivery),
                            Duration.ofMillis(50),
                            Clock.systemUTC()),
                    Duration.ofMillis(50)));
            context.start();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !records.read().unsent().isEmpty());
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> outbox.waiting(place) == 0
                            && records.read().unsent().isEmpty());
            context.stop();
            assertThat(hook.calls).hasSize(8);
            assertThat(hook.bodies.get(7)).contains("missed");
        }
    }
}
