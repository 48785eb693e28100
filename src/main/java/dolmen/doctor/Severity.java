package dolmen.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a finding matters; only an error makes `dolmen doctor` end with another status than 0. */
public enum Severity {
    OK,
    /** Good to know. */
    INFO,
    /** A backup works, but a person should look at it. */
    WARNING,
    /** A backup or a restore would fail or be less than whole, or nobody could find out. */
    ERROR;

    /** The word in reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
