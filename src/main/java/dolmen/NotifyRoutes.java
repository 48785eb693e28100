package dolmen;

import dolmen.catalog.LastGood;
import dolmen.catalog.NoticeRecords;
import dolmen.model.Notice;
import dolmen.model.NoticeEvent;
import dolmen.model.Report;
import dolmen.model.StepFailure;
import dolmen.notify.FreshnessWatch;
import dolmen.notify.NoticeMessage;
import dolmen.notify.NoticeWriter;
import dolmen.notify.RunNotices;
import dolmen.settings.NotifySettings;
import dolmen.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import notify.Outlet;
import notify.SendNotice;
import notify.SendNotice.Delivery;
import notify.WatchFreshness;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;

/** Who is told what: the routes of notifications, and what runs hand to them. */
final class NotifyRoutes implements RunNotices.Sender {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMinutes(5);

    private final Settings settings;
    private final ProducerTemplate queue;
    private final Clock clock;
    private final LastGood lastGood;
    private final NoticeRecords records;
    private final NoticeWriter writer;
    private final List<Outlet> outlets;
    private final Optional<Outlet> ping;
    private final Optional<Outlet> pingFailure;

    NotifyRoutes(Settings settings, CamelContext context, Clock clock) {
        NotifySettings notify = settings.notices();
        this.settings = settings;
        this.queue = context.createProducerTemplate();
        this.clock = clock;
        this.lastGood = LastGood.of(settings);
        this.records = new NoticeRecords(settings.paths().state());
        this.writer = new NoticeWriter(host(), lastGood::find);
        this.outlets =
                notify.to().stream().map(address -> Outlet.of(context, address)).toList();
        this.ping = notify.ping().map(address -> Outlet.of(context, address));
        this.pingFailure = notify.pingFailure().map(address -> Outlet.of(context, address));
    }

    List<RoutesBuilder> routes() {
        return List.of(new SendNotice(records, PAUSE));
    }

    /** What is told about ended runs. */
    Consumer<Report> ended() {
        return new RunNotices(settings.notices().on(), records, writer, this);
    }

    /** The look at how fresh the backups are, where somebody is told. */
    Optional<RoutesBuilder> watch() {
        return settings.freshness()
                .limit()
                .filter(limit -> !outlets.isEmpty() && settings.notices().on().contains(NoticeEvent.STALE))
                .map(limit -> new FreshnessWatch(limit, lastGood::find, records, writer, this::tell, clock))
                .map(watch -> new WatchFreshness(watch, LOOK));
    }

    /** Tells each place once that this is a test; a line for each. True when all were told. */
    boolean test(Consumer<String> lines) {
        Notice notice = writer.test(clock.instant());
        boolean all = true;
        for (Outlet outlet : outlets) {
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

    @Override
    public void tell(Notice notice) {
        outlets.forEach(outlet -> queue(new Delivery(outlet, Optional.of(message(outlet, notice)))));
    }

    @Override
    public void ping(boolean good) {
        (good ? ping : pingFailure).ifPresent(outlet -> queue(new Delivery(outlet, Optional.empty())));
    }

    private void queue(Delivery delivery) {
        queue.sendBody(SendNotice.QUEUE, delivery);
    }

    private NoticeMessage message(Outlet outlet, Notice notice) {
        return outlet.address().isHttp()
                ? NoticeMessage.json(notice, settings.notices().json())
                : NoticeMessage.text(notice, settings.notices());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a host without a name";
        }
    }
}
