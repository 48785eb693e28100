package dolmen.remote;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.StepFailure.Refused;
import java.util.function.Function;

/**
 * What is said of backups that are sent to a kind of place: the command that sends one, what it has done then, how much was
 * sent and what more is said of one that was asked for, and what to say where no such place is set.
 */
public record SendWords(
        String command,
        String done,
        Function<Sent, String> sent,
        Function<Sent, String> asked,
        String notSet,
        String setting) {
    /** To the bucket. */
    public static final SendWords UPLOAD = new SendWords(
            "upload",
            "uploaded",
            sent -> sent.sent() + " bytes were sent, all read back",
            sent -> sent.sent() + " of " + sent.bytes() + " bytes were sent, all read back",
            "no bucket is set",
            "dolmen.storage.bucket");

    /** To an endpoint for copies. */
    public static final SendWords COPY = new SendWords(
            "copy",
            "copied",
            sent -> sent.files() + " files, " + sent.sent() + " bytes were sent",
            sent -> sent.files() + " files, " + sent.sent() + " bytes were sent; the others were there",
            "no endpoint for copies is set",
            "dolmen.copy.to");

    Refused refused() {
        return new Refused(notSet, "Set " + setting + ".");
    }
}
