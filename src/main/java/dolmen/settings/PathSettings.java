package dolmen.settings;

import java.nio.file.Path;

/**
 * Where Dolmen keeps what is its own: the catalog of backups, the inbox of triggers, the dead letters, and its state
 * (lock, run journals, ledger of stopped services).
 */
public record PathSettings(Path catalog, Path inbox, Path deadLetters, Path state) {}
