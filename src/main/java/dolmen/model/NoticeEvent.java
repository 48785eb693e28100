package dolmen.model;

import java.util.Locale;

/** Why a notice is sent. */
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
