package dolmen.settings;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The times of a Quartz cron expression in a time zone, each local time once: one that the change to summer time leaves
 * out comes as much later, one that the change back brings twice comes the first time only. Quartz itself leaves the
 * first kind out.
 */
public record Schedule(String cron, ZoneId zone) {
    public Schedule {
        expression(cron);
    }

    /** The first time after this one; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        CronExpression local = expression(cron);
        Date date = asUtc(LocalDateTime.ofInstant(after, zone));
        while (true) {
            date = local.getNextValidTimeAfter(date);
            if (date == null) {
                return Optional.empty();
            }
            Instant time = LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC)
                    .atZone(zone)
                    .toInstant();
            if (time.isAfter(after)) {
                return Optional.of(time);
            }
        }
    }

    private static Date asUtc(LocalDateTime local) {
        return Date.from(local.toInstant(ZoneOffset.UTC));
    }

    private static CronExpression expression(String cron) {
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
