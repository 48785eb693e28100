package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the segment archive of a backup holds. */
public enum Kind {
    /** The whole shared folder. */
    FULL,
    /** The files of used segments that no archive of an earlier backup holds. */
    INCREMENTAL;

    /** The word used in manifests, triggers and reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
