package dolmen;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands where it is put. */
public final class SetClock extends Clock {
    private Instant now;
    private int asked;

    public SetClock(String now) {
        set(now);
    }

    public synchronized void set(String time) {
        now = Instant.parse(time);
    }

    /** How often somebody looked at it. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized Instant instant() {
        asked++;
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
