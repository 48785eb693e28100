package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Unique name of a backup, from its start in UTC: {@code 20261124-020000}. Sorts by time; safe as a folder name. */
public record Label(@JsonValue String text) implements Comparable<Label> {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Label {
        try {
            if (!LocalDateTime.parse(text, FORM).format(FORM).equals(text)) {
                throw new IllegalArgumentException("not a label: '" + text + "'");
            }
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("not a label: '" + text + "'", wrong);
        }
    }

    /** The label of a backup that starts at this instant; parts of a second are cut. */
    public static Label at(Instant start) {
        return new Label(LocalDateTime.ofInstant(start, ZoneOffset.UTC).format(FORM));
    }

    /** The start that the label was made from, to the second. */
    public Instant start() {
        return LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC);
    }

    @Override
    public int compareTo(Label other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
