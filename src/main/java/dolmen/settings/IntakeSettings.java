package dolmen.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How runs begin by themselves: the Quartz cron expression of the nightly backup (none: no schedule) with its time
 * zone, how often the inbox is looked at, and how long a trigger waits for a run that is going on.
 */
public record IntakeSettings(Optional<String> backupCron, ZoneId zone, Duration poll, Duration lockLimit) {}
