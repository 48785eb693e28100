package dolmen;

import dolmen.catalog.Catalog;
import dolmen.catalog.Freshness;
import dolmen.settings.IntakeSettings;
import dolmen.settings.Schedule;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start when the next backup is due and whether one was missed, and has that made up where it is wanted. */
final class ScheduleCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleCheck.class);

    private final IntakeSettings intake;
    private final Catalog catalog;
    private final Runnable makeUp;
    private final Clock clock;

    ScheduleCheck(IntakeSettings intake, Catalog catalog, Runnable makeUp, Clock clock) {
        this.intake = intake;
        this.catalog = catalog;
        this.makeUp = makeUp;
        this.clock = clock;
    }

    @Override
    public void run() {
        intake.schedule().ifPresent(this::check);
    }

    private void check(Schedule schedule) {
        Instant now = clock.instant();
        LOG.info(
                "the next scheduled backup is due at {}",
                schedule.next(now)
                        .map(time -> time.atZone(schedule.zone()).toString())
                        .orElse("no time"));
        Freshness.missed(catalog.lastGood(), schedule, now).ifPresent(missed -> {
            LOG.warn("{}{}", missed, intake.catchUp() ? "; one is made now" : "");
            if (intake.catchUp()) {
                makeUp.run();
            }
        });
    }
}
