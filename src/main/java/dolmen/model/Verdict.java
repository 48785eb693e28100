package dolmen.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found out about a published backup later: when, on which host, what kind of finding, its reasons ({@code accepted}:
 * those that are accepted, word for word), and of {@code adopted} the stack.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Verdict(Instant time, String host, Kind kind, List<String> reasons, Optional<StackIdentity> stack) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** One that names no stack. */
    public static Verdict of(Instant time, String host, Kind kind, List<String> reasons) {
        return new Verdict(time, host, kind, reasons, Optional.empty());
    }

    /** Whether the other one says the same, whenever and wherever it was found out. */
    public boolean saysTheSameAs(Verdict other) {
        return kind == other.kind && reasons.equals(other.reasons) && stack.equals(other.stack);
    }

    /** What kind of finding it is. Only {@code ACCEPTED} gives trust back. */
    public enum Kind {
        SUSPICIOUS,
        DAMAGED,
        ACCEPTED,
        ADOPTED;

        /** The word used in the file. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
