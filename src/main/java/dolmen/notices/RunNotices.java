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
 * Tells how runs ended. A run of the command line has somebody who reads its report, so nobody else is told; but whoever
 * waits for good backups is pinged for each one. Never throws: the outcome of a run does not hang on it.
 */
public final class RunNotices implements Consumer<Report> {
    private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

    private final Set<NoticeEvent> on;
    private final NoticeRecords records;
    private final NoticeWriter writer;
    private final Sender sender;

    /** How it is sent; returns at once, and what then cannot be sent is told by the log. */
    public interface Sender {
        void tell(Notice notice);

        /** Says that a backup is good, or is not. */
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

    /** What was before; better told twice than not. */
    private NoticeState remember(Report report) {
        try {
            return records.replace(state -> state.after(report));
        } catch (StepFailure unwritable) {
            LOG.warn("may be told again: {} HINT: {}", unwritable.getMessage(), unwritable.hint());
            return records.read();
        }
    }
}
