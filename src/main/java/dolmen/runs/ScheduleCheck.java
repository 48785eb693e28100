package dolmen.runs;

import dolmen.catalog.Freshness;
import dolmen.model.Backup;
import dolmen.model.Kind;
import dolmen.settings.IntakeSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start when the next backup is due and whether one was missed, and has that made up where it is wanted. */
public final class ScheduleCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleCheck.class);

    private final IntakeSettings intake;
    private final Supplier<Optional<Backup>> lastGood;
    private final Consumer<Kind> makeUp;
    private final Clock clock;

    public ScheduleCheck(
            IntakeSettings intake, Supplier<Optional<Backup>> lastGood, Consumer<Kind> makeUp, Clock clock) {
        this.intake = intake;
        this.lastGood = lastGood;
        this.makeUp = makeUp;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (intake.timetable().isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        LOG.info(
                "the next scheduled backup is due at {}",
                intake.timetable()
                        .next(now)
                        .map(due -> due.time().atZone(due.zone()) + ", "
                                + due.kind().word())
                        .orElse("no time"));
        Freshness.missed(lastGood.get(), intake.timetable(), now).ifPresent(missed -> {
            LOG.warn("{}{}", missed.words(), intake.catchUp() ? "; one is made now" : "");
            if (intake.catchUp()) {
                makeUp.accept(missed.kind());
            }
        });
    }
}
