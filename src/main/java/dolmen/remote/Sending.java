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

    /**
     * The key by which the record of the place is asked whether the backup is there. Only a backup that is outstanding has the key of the
     * record, its label; any other is sent without regard to the record.
     */
    public String key() {
        return why == Why.OUTSTANDING ? label().text() : label() + " " + why;
    }
}
