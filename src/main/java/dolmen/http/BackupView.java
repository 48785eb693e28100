package dolmen.http;

import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupState;
import dolmen.model.DatasourceState;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup as the page and the API show it. {@code seconds} is how long it took; {@code bytes} its size with all that it needs of
 * other backups' archives, {@code newBytes} what it added itself; {@code rows} the sum of what Druid said of its datasources;
 * {@code segments} the used ones; {@code places} some of here, bucket and copy.
 */
record BackupView(
        Label label,
        Optional<Kind> kind,
        Instant begin,
        double seconds,
        long bytes,
        long newBytes,
        Optional<Long> rows,
        long segments,
        String verdict,
        List<String> warnings,
        List<String> places,
        Optional<String> stack) {

    static BackupView of(Backup backup, List<String> places) {
        Manifest manifest = backup.manifest();
        List<String> warnings = new ArrayList<>(backup.state().reasons());
        warnings.addAll(manifest.warnings());
        long small = manifest.artifacts().stream()
                .filter(artifact -> !artifact.name().equals(Artifact.SEGMENT_ARCHIVE))
                .mapToLong(Artifact::bytes)
                .sum();
        return new BackupView(
                manifest.label(),
                Optional.of(manifest.kind()),
                manifest.begin(),
                Duration.between(manifest.begin(), manifest.end()).toMillis() / 1000.0,
                Math.max(manifest.bytes(), manifest.segmentBytes() + small),
                manifest.bytes(),
                rows(manifest),
                manifest.consistency().used(),
                backup.state().trust().word(),
                warnings,
                places,
                Optional.of(manifest.stack().words()));
    }

    /** A backup whose manifest cannot be read. */
    static BackupView unreadable(Label label, String why, List<String> places) {
        return new BackupView(
                label,
                Optional.empty(),
                label.start(),
                0,
                0,
                0,
                Optional.empty(),
                0,
                "unreadable",
                List.of(why),
                places,
                Optional.empty());
    }

    boolean verified() {
        return verdict.equals(BackupState.Trust.VERIFIED.word());
    }

    private static Optional<Long> rows(Manifest manifest) {
        return manifest.druid()
                .map(druid -> druid.datasources().values().stream()
                        .map(DatasourceState::rows)
                        .flatMap(Optional::stream)
                        .mapToLong(Long::longValue)
                        .sum());
    }
}
