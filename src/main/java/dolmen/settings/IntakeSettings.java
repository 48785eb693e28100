package dolmen.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How runs begin by themselves: the Quartz cron expression of the nightly backup (none: no schedule) with its time
 * zone, how often the inbox is looked at, how long a trigger waits for a run that is going on, and whether a scheduled
 * backup that was missed is made up at the start.
 */
public record IntakeSettings(
        Optional<String> backupCron, ZoneId zone, Duration poll, Duration lockLimit, boolean catchUp) {
    public IntakeSettings {
        backupCron.ifPresent(cron -> new Schedule(cron, zone));
    }

    /** When the nightly backup begins. */
    public Optional<Schedule> schedule() {
        return backupCron.map(cron -> new Schedule(cron, zone));
    }
}
