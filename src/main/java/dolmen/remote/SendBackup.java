package dolmen.remote;

import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.Catalog;
import dolmen.catalog.SendTarget;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import dolmen.remote.Sending.Why;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a backup, and the archives that it needs of other backups, to the bucket or to the place for copies: what is missing
 * there is sent, and proven to have arrived; done for each backup that should be there.
 */
public final class SendBackup implements MeteredStep<Sending, SentBackup> {
    private static final Logger LOG = LoggerFactory.getLogger(SendBackup.class);

    private final Catalog catalog;
    private final Optional<SendTarget> target;
    private final SendWords words;

    public SendBackup(Catalog catalog, Optional<SendTarget> target, SendWords words) {
        this.catalog = catalog;
        this.target = target;
        this.words = words;
    }

    @Override
    public SentBackup run(Sending sending, Meter meter) {
        SendTarget there = target.orElseThrow(words::refused);
        Sent sent = sending.why() == Why.ASKED ? send(sending, there, meter) : sendForRun(sending, there, meter);
        LOG.info(
                "{} {} to {}: {} of {} bytes were sent",
                words.done(),
                sending.label(),
                there.place(),
                sent.sent(),
                sent.bytes());
        return new SentBackup(sending, sent, there.place(), words);
    }

    private Sent send(Sending sending, SendTarget there, Meter meter) {
        return there.send(sending.backup(), catalog.folder(), meter);
    }

    /** A failure says which of several backups it was, that the backup itself is published, and how to go on. */
    private Sent sendForRun(Sending sending, SendTarget there, Meter meter) {
        String here = "backup " + sending.label() + " is published here, but not " + words.done() + ": ";
        String goOn = " The next backup goes on with it, or `dolmen " + words.command() + " " + sending.label() + "`.";
        try {
            return send(sending, there, meter);
        } catch (Unavailable failure) {
            throw new Unavailable(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Failed failure) {
            throw new Failed(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Damaged failure) {
            throw new Damaged(here + failure.getMessage(), failure.hint(), failure);
        } catch (Refused failure) {
            throw new Refused(here + failure.getMessage(), failure.hint());
        }
    }
}
