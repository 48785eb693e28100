package dolmen.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A published backup: its folder, its manifest, and the verdicts about it that came later. Where a verdict says that another stack has
 * adopted the backup, the manifest is given with that stack.
 */
public record Backup(Path folder, Manifest manifest, List<Verdict> verdicts) {
    public Backup {
        verdicts = List.copyOf(verdicts);
        manifest = verdicts.stream()
                .filter(verdict -> verdict.kind() == Verdict.Kind.ADOPTED)
                .flatMap(verdict -> verdict.stack().stream())
                .reduce((earlier, later) -> later)
                .map(manifest::of)
                .orElse(manifest);
    }

    /** A backup without later verdicts. */
    public Backup(Path folder, Manifest manifest) {
        this(folder, manifest, List.of());
    }

    /** Whether it can be trusted. */
    public BackupState state() {
        return BackupState.of(Optional.of(manifest), verdicts);
    }
}
