package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a run, {@code 20261124-020000-123-restore}: the start in UTC to the millisecond, and the operation. Sorts by
 * time; safe as the name of a folder.
 */
public record RunId(@JsonValue String text) implements Comparable<RunId> {
    private static final String STAMP = "uuuuMMdd-HHmmss-SSS";
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern(STAMP).withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("\\d{8}-\\d{6}-\\d{3}-[a-z-]{1,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("not the id of a run: '" + text + "'");
        }
    }

    /** The id of a run that begins at this instant; parts of a millisecond are cut. */
    public static RunId at(Instant begun, Operation operation) {
        return new RunId(FORM.format(begun) + "-" + operation.word());
    }

    /** The id that a person or a folder names; empty when it is none. */
    public static Optional<RunId> read(String text) {
        return ID.matcher(text).matches() ? Optional.of(new RunId(text)) : Optional.empty();
    }

    /** The time stamp alone, digits and hyphens: a part of the names of all that the run makes outside, such as databases and folders. */
    public RunMark mark() {
        return new RunMark(text.substring(0, STAMP.length()));
    }

    @Override
    public int compareTo(RunId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
