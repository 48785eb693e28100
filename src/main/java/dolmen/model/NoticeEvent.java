package dolmen.model;

import java.util.Locale;

/** Why somebody is told something. */
public enum NoticeEvent {
    FAILURE,
    RECOVERY,
    STALE,
    SUCCESS,
    TEST;

    /** The word used in settings and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
