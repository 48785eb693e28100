package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What began a run. */
public enum Origin {
    COMMAND,
    TRIGGER,
    SCHEDULE,
    RETRY;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
