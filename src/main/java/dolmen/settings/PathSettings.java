package dolmen.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Dolmen keeps what is its own: the catalog of backups, the inbox of triggers, the dead letters, and its state
 * (lock, run journals, ledger of stopped services); and the file without which the catalog's disk is not mounted.
 */
public record PathSettings(Path catalog, Path inbox, Path deadLetters, Path state, Optional<String> catalogMarker) {}
