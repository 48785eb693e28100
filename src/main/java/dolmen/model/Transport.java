package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The way by which the bytes of a volume travel, fastest first. */
public enum Transport {
    /** The volume's folder is read and written directly. */
    MOUNT,
    /** A throw-away container that shares the volume packs or unpacks into a bind-mounted folder. */
    SIDECAR,
    /** The archive calls of the Docker Engine API. */
    API;

    /** The word used in settings, manifests and reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
