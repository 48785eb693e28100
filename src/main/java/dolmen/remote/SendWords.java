package dolmen.remote;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.StepFailure.Refused;
import java.util.function.Function;

/**
 * The words of reports about backups that are sent to a kind of place.
 *
 * @param command the command that sends one
 * @param done what has been done to a backup that was sent
 * @param sent how much was sent, for a line among others
 * @param asked how much was sent, for the backup that the run was about
 * @param notSet that no such place is set
 * @param setting the key of the setting that names the place
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
