package dolmen.notices;

import dolmen.catalog.Freshness;
import dolmen.model.Backup;
import dolmen.model.Notice;
import dolmen.model.NoticeState;
import dolmen.model.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the age of the newest verified backup. Sends one notice when it is beyond the limit, and no other before there was a fresh one. */
public final class FreshnessWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshnessWatch.class);

    private final Duration limit;
    private final Supplier<Optional<Backup>> lastGood;
    private final NoticeRecords records;
    private final NoticeWriter writer;
    private final Consumer<Notice> sender;
    private final Clock clock;

    public FreshnessWatch(
            Duration limit,
            Supplier<Optional<Backup>> lastGood,
            NoticeRecords records,
            NoticeWriter writer,
            Consumer<Notice> sender,
            Clock clock) {
        this.limit = limit;
        this.lastGood = lastGood;
        this.records = records;
        this.writer = writer;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            look();
        } catch (StepFailure failure) {
            LOG.error("could not look how fresh the backups are: {} HINT: {}", failure.getMessage(), failure.hint());
        }
    }

    private void look() {
        Instant now = clock.instant();
        Optional<Backup> newest = lastGood.get();
        Optional<Instant> start = newest.map(backup -> backup.manifest().label().start());
        UnaryOperator<NoticeState> look =
                state -> state.looked(start, since -> Freshness.within(limit, since, now), now);
        NoticeState before = records.replace(look);
        if (!before.stale() && look.apply(before).stale()) {
            sender.accept(writer.stale(newest, limit, now));
        }
    }
}
