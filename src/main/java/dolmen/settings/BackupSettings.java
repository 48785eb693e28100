package dolmen.settings;

/**
 * The {@code dolmen.backup.*} block: whether a backup is read back from disk before it is published, and how many
 * times a run may start again from the dump when segments vanished meanwhile.
 */
public record BackupSettings(boolean readBack, int passes) {
    public BackupSettings {
        if (passes < 1) {
            throw new IllegalArgumentException("dolmen.backup.passes is below 1: " + passes);
        }
    }
}
