package dolmen.stack;

import dolmen.model.RunId;
import dolmen.model.RunMark;
import java.time.Instant;

/**
 * One line of the ledger: the run that stopped the service, the service's name, and when. A run that changes the stack stands
 * there by its mark, a backup, which changes nothing, by its whole id.
 */
public record StoppedService(String run, String service, Instant stopped) {
    static StoppedService byChange(RunMark run, String service) {
        return new StoppedService(run.text(), service, Instant.now());
    }

    static StoppedService byBackup(RunId backup, String service) {
        return new StoppedService(backup.text(), service, Instant.now());
    }

    boolean isOf(RunMark change) {
        return run.equals(change.text());
    }

    boolean isOf(RunId backup) {
        return run.equals(backup.text());
    }
}
