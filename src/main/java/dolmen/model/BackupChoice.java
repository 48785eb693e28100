package dolmen.model;

import java.util.Optional;

/** Which backup a run is about: one of the catalog by its label, or the files in a folder; the newest good one without both. */
public record BackupChoice(Optional<Label> label, Optional<String> from) {
    public static final BackupChoice NEWEST = new BackupChoice(Optional.empty(), Optional.empty());

    /** This backup of the catalog. */
    public static BackupChoice of(Label label) {
        return new BackupChoice(Optional.of(label), Optional.empty());
    }

    /** The files in this folder. */
    public static BackupChoice in(String folder) {
        return new BackupChoice(Optional.empty(), Optional.of(folder));
    }

    /** Whether a person said which. */
    public boolean named() {
        return label.isPresent() || from.isPresent();
    }
}
