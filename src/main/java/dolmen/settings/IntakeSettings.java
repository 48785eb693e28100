package dolmen.settings;

import java.time.Duration;

/**
 * How runs begin by themselves: when backups do, how often the inbox is looked at, how long a trigger waits for a run
 * that is going on, and whether a scheduled backup that was missed is made up at the start.
 */
public record IntakeSettings(Timetable timetable, Duration poll, Duration lockLimit, boolean catchUp) {}
