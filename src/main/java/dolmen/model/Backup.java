package dolmen.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A finished backup: its folder, its manifest, whose stack is the one that adopted it last, and what was found out about it later. */
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

    /** One about which nothing was found out since. */
    public Backup(Path folder, Manifest manifest) {
        this(folder, manifest, List.of());
    }

    /** Whether it can be trusted. */
    public BackupState state() {
        return BackupState.of(Optional.of(manifest), verdicts);
    }
}
