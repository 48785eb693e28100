package dolmen.settings;

import dolmen.model.Retention;

/**
 * The {@code dolmen.retention.*} block: which backups are kept here, which ones in the bucket
 * ({@code dolmen.storage.retention.*}), and whether the others are removed after each backup.
 */
public record RetentionSettings(Retention policy, Retention remote, boolean afterBackup) {}
