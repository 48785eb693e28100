package dolmen.settings;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * The times of a Quartz cron expression in a time zone, each local time once. A local time that the change to summer time skips comes later,
 * by as much as the clock was put forward (Quartz would leave it out); one that comes twice at the change back counts the first time only.
 */
public record Schedule(String cron, ZoneId zone) {
    /** Quartz ignores what follows a number or the last field; in the URI of an endpoint it would mean something. */
    private static final Pattern FIELDS = Pattern.compile("\\s*[\\w*?,/#-]+(\\s+[\\w*?,/#-]+){5,6}\\s*");

    public Schedule {
        expression(cron);
    }

    /** The first time after this one; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        CronExpression local = expression(cron);
        Date date = asUtc(LocalDateTime.ofInstant(after, zone).minus(skippedJustBefore(after)));
        Optional<Instant> next = Optional.empty();
        while (true) {
            date = local.getNextValidTimeAfter(date);
            if (date == null) {
                return next;
            }
            LocalDateTime time = LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
            Instant comes = time.atZone(zone).toInstant();
            if (!comes.isAfter(after)) {
                continue;
            }
            if (next.isEmpty() || comes.isBefore(next.get())) {
                next = Optional.of(comes);
            }
            if (!zone.getRules().getValidOffsets(time).isEmpty()) {
                return next;
            }
        }
    }

    /** How much the clock was put forward just before, while the local times that this skipped still come later; else zero. */
    private Duration skippedJustBefore(Instant now) {
        ZoneOffsetTransition change = zone.getRules().previousTransition(now.plusNanos(1));
        boolean stillComing = change != null
                && change.isGap()
                && now.isBefore(change.getInstant().plus(change.getDuration()));
        return stillComing ? change.getDuration() : Duration.ZERO;
    }

    private static Date asUtc(LocalDateTime local) {
        return Date.from(local.toInstant(ZoneOffset.UTC));
    }

    private static CronExpression expression(String cron) {
        if (!FIELDS.matcher(cron).matches()) {
            throw new IllegalArgumentException("'" + cron
                    + "' is no Quartz cron expression such as 0 0 2 * * ?: it has six or seven fields of letters,"
                    + " digits and * ? , / # -");
        }
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return expression;
        } catch (ParseException wrong) {
            throw new IllegalArgumentException(
                    "'" + cron + "' is no Quartz cron expression such as 0 0 2 * * ?: " + wrong.getMessage(), wrong);
        }
    }
}
