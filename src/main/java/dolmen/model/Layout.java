package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a backup holds segments. */
public enum Layout {
    /** In an archive, {@code druid_shared.tar}. */
    TAR;

    /** The word used in manifests. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
