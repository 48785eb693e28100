package dolmen.druid;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A time from its begin up to its end, which is excluded. */
record Span(Instant begin, Instant end) {
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final int WHOLE = "0000-01-01T00:00:00.000Z".length();

    /** Reads {@code begin/end}. Throws {@link DateTimeException} when these are no times. */
    static Span of(String interval) {
        String[] ends = interval.split("/", 2);
        return new Span(instant(ends[0]), instant(ends[ends.length - 1]));
    }

    /** Empty when it cannot be read. */
    static Optional<Span> read(String interval) {
        try {
            return Optional.of(of(interval));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Begin and end, as Druid writes an interval. */
    String words() {
        return begin + "/" + end;
    }

    long beginMillis() {
        return millis(begin);
    }

    long endMillis() {
        return millis(end);
    }

    private static long millis(Instant time) {
        if (time.isAfter(LATEST)) {
            return Long.MAX_VALUE;
        }
        return time.isBefore(EARLIEST) ? Long.MIN_VALUE : time.toEpochMilli();
    }

    /** An ISO time as Druid takes it, its end left out or not; years of more than four digits are the ends of time. */
    private static Instant instant(String text) {
        if (text.length() == WHOLE && text.endsWith("Z")) {
            return Instant.parse(text);
        }
        if (text.matches("[+-]?\\d{5,}-.*")) {
            return text.startsWith("-") ? Instant.MIN : Instant.MAX;
        }
        String shape = "0000-01-01T00:00:00";
        boolean cut = text.length() < shape.length() && text.indexOf('Z') < 0;
        String time = cut ? text + shape.substring(text.length()) : text;
        return OffsetDateTime.parse(time.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? time : time + "Z")
                .toInstant();
    }
}
