package dolmen.remote;

import dolmen.model.Backup;
import dolmen.model.Label;

/** One backup that is to be sent to a place, and why. */
public record Sending(Backup backup, Why why) {
    /** Why a backup is sent. */
    public enum Why {
        /** It has just been published. */
        PUBLISHED,
        /** A person asked for it. */
        ASKED,
        /** It was meant to be there before. */
        OUTSTANDING
    }

    Label label() {
        return backup.manifest().label();
    }

    /** What it is on record by; nothing is on record of one that is looked at whatever was sent before. */
    public String key() {
        return why == Why.OUTSTANDING ? label().text() : label() + " " + why;
    }
}
