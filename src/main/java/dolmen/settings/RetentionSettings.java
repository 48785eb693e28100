package dolmen.settings;

import dolmen.model.Retention;

/** The {@code dolmen.retention.*} block: which backups are kept, and whether the others are removed after each backup. */
public record RetentionSettings(Retention policy, boolean afterBackup) {}
