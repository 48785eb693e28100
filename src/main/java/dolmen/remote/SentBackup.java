package dolmen.remote;

import dolmen.catalog.BackupSender.Sent;
import dolmen.remote.Sending.Why;

/** One backup that was sent to a place and proven there. */
public record SentBackup(Sending sending, Sent sent, String place, SendWords words) {
    /** The line in the report of a run that did more than this. */
    public String line() {
        return words.done() + " " + sending.label() + " to " + place + ": "
                + words.sent().apply(sent);
    }

    boolean isAsked() {
        return sending.why() == Why.ASKED;
    }

    /** The summary of the run that was about this backup. */
    String summary() {
        return words.done() + " backup " + sending.label() + " to " + place;
    }

    String detail() {
        return words.asked().apply(sent);
    }
}
