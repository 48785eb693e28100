package dolmen.notices;

import dolmen.model.Notice;
import dolmen.model.NoticeEvent;
import dolmen.model.NoticeState;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.StepFailure;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a notice when a run has ended. None is sent for a run of the command line, whose report somebody reads; but the monitoring
 * service is pinged for each backup, whoever began it. Never throws: the outcome of a run does not depend on its notice.
 */
public final class RunNotices implements Consumer<Report> {
    private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

    private final Set<NoticeEvent> on;
    private final NoticeRecords records;
    private final NoticeWriter writer;
    private final Sender sender;

    /** Sends in the background: both methods return at once, and the log tells what could not be sent. */
    public interface Sender {
        /** Sends the notice to all places of the settings. */
        void tell(Notice notice);

        /** Tells the monitoring service that a backup succeeded, or failed. */
        void ping(boolean good);
    }

    public RunNotices(Set<NoticeEvent> on, NoticeRecords records, NoticeWriter writer, Sender sender) {
        this.on = Set.copyOf(on);
        this.records = records;
        this.writer = writer;
        this.sender = sender;
    }

    @Override
    public void accept(Report report) {
        try {
            tell(report);
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "could not tell how {} ended HINT: see its report",
                    report.run().id(),
                    unexpected);
        }
    }

    private void tell(Report report) {
        if (report.run().request().operation() == Operation.BACKUP) {
            sender.ping(report.succeeded());
        }
        if (report.run().request().origin() == Origin.COMMAND) {
            return;
        }
        NoticeEvent event = remember(report).eventOf(report);
        Stream.of(event, report.succeeded() ? NoticeEvent.SUCCESS : event)
                .filter(on::contains)
                .findFirst()
                .ifPresent(wanted -> sender.tell(writer.ended(wanted, report)));
    }

    /** The state before this report. Where the new one cannot be written, a notice may be sent twice, which is better than never. */
    private NoticeState remember(Report report) {
        try {
            return records.replace(state -> state.after(report));
        } catch (StepFailure unwritable) {
            LOG.warn("may be told again: {} HINT: {}", unwritable.getMessage(), unwritable.hint());
            return records.read();
        }
    }
}
