package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the databases, folders and ledger lines that a run leaves outside are named by: the time stamp of its {@link RunId},
 * {@code 20261124-020000-123}. Lower case, digits and hyphens, at most 40, so that it is safe in the names of databases and files.
 */
public record RunMark(@JsonValue String text) implements Comparable<RunMark> {
    private static final Pattern MARK = Pattern.compile("[a-z0-9-]{1,40}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunMark {
        if (!MARK.matcher(text).matches()) {
            throw new IllegalArgumentException("not the mark of a run: '" + text + "'");
        }
    }

    /** The mark that a name holds; empty when it is none. */
    public static Optional<RunMark> read(String text) {
        return MARK.matcher(text).matches() ? Optional.of(new RunMark(text)) : Optional.empty();
    }

    @Override
    public int compareTo(RunMark other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
