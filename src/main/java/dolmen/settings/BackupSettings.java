package dolmen.settings;

import java.time.Duration;

/**
 * The {@code dolmen.backup.*} block: whether a backup is read back from disk before it is published, how many
 * times a run may start again from the dump when segments vanished meanwhile, whether room for another backup as
 * large as the last one is asked for, and how long counting rows by queries may take.
 */
public record BackupSettings(boolean readBack, int passes, boolean checkSpace, Duration countLimit) {
    public BackupSettings {
        if (passes < 1) {
            throw new IllegalArgumentException("dolmen.backup.passes is below 1: " + passes);
        }
    }
}
