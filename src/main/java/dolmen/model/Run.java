package dolmen.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One execution: its id ({@code 20261124-020000-123-restore}: the start in UTC to the millisecond, and the operation),
 * what was asked, and when it began.
 */
public record Run(String id, RunRequest request, Instant begun) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** A run that begins now. */
    public static Run begin(RunRequest request, Instant now) {
        return new Run(STAMP.format(now) + "-" + request.operation().word(), request, now);
    }

    /** The id's time stamp: digits and hyphens, safe in names of databases and folders. */
    public String mark() {
        return id.substring(0, "uuuuMMdd-HHmmss-SSS".length());
    }
}
