package dolmen.app;

import dolmen.catalog.LastGood;
import dolmen.model.HostName;
import dolmen.model.NoticeEvent;
import dolmen.model.Report;
import dolmen.notices.FreshnessWatch;
import dolmen.notices.NoticeRecords;
import dolmen.notices.NoticeWriter;
import dolmen.notices.Outbox;
import dolmen.notices.OutboxWatch;
import dolmen.notices.RunNotices;
import dolmen.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import notices.SendNotice;
import notices.Watch;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;

/** The routes that send notifications, and the parts that decide what is sent and when. */
final class NoticeRoutes {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration WATCH_INTERVAL = Duration.ofMinutes(5);

    private final Settings settings;
    private final Clock clock;
    private final LastGood lastGood;
    private final NoticeRecords records;
    private final Outbox outbox;
    private final NoticeWriter writer;
    private final NoticeSender sender;

    NoticeRoutes(Settings settings, CamelContext context, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.lastGood = LastGood.of(settings, clock);
        this.records = new NoticeRecords(settings.paths().state());
        this.outbox = new Outbox(settings.paths().state(), clock);
        this.writer = new NoticeWriter(HostName.here(), lastGood::find);
        this.sender = new NoticeSender(settings.notices(), outbox, context);
    }

    List<RoutesBuilder> routes() {
        return List.of(new SendNotice(records, FIRST_PAUSE));
    }

    /** What {@code dolmen run} checks from time to time: notices that wait and, where notices are sent at all, the age of the last backup. */
    List<RoutesBuilder> watches() {
        List<RoutesBuilder> watches = new ArrayList<>();
        watches.add(new Watch(
                "watch-outbox",
                new OutboxWatch(outbox, sender.places(), sender::sendWaiting, WATCH_INTERVAL, clock),
                WATCH_INTERVAL));
        freshnessWatch().ifPresent(watch -> watches.add(new Watch("watch-freshness", watch, WATCH_INTERVAL)));
        return watches;
    }

    /** Takes the report of each run that has ended, and sends the notices about it. */
    Consumer<Report> ended() {
        return new RunNotices(settings.notices().on(), records, writer, sender);
    }

    /** Sends a test notice to each place once, with a line for each. True when all were sent. */
    boolean test(Consumer<String> lines) {
        return sender.test(writer.test(clock.instant()), lines);
    }

    private Optional<FreshnessWatch> freshnessWatch() {
        return settings.freshness()
                .limit()
                .filter(limit ->
                        !sender.places().isEmpty() && settings.notices().on().contains(NoticeEvent.STALE))
                .map(limit -> new FreshnessWatch(limit, lastGood::find, records, writer, sender::tell, clock));
    }
}
