package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain copy of a backup as {@code <label>/<file>}, with the archives of other labels that it needs, its manifest last.
 * It is neither read back nor pruned; the folders that it makes are a catalog again.
 */
public final class BackupCopy {
    private static final Logger LOG = LoggerFactory.getLogger(BackupCopy.class);

    /** What tells that there is only an archive of a backup, for others. */
    private static final String PRUNED = "pruned.json";

    private final CopyRecords records;
    private final FileSender line;
    private final String place;
    private final Supplier<Meter> meters;

    public BackupCopy(CopyRecords records, FileSender line, String place, Supplier<Meter> meters) {
        this.records = records;
        this.line = line;
        this.place = place;
        this.meters = meters;
    }

    /** What a copy did: the files and bytes that were sent. */
    public record Copied(int files, long bytes) {}

    /** How a person calls the place. */
    public String place() {
        return place;
    }

    private record Piece(Label label, Path file, Artifact content) {}

    /** Sends what was not copied yet. Repeatable: it goes on with the files that are missing. */
    public Copied copy(Backup backup, Path catalog) {
        List<Piece> missing = new ArrayList<>(archivesOfOthers(backup.manifest(), catalog));
        missing.addAll(own(backup));
        missing.removeIf(piece -> records.has(piece.label, piece.content));
        Meter meter = meters.get();
        meter.expect(missing.stream().mapToLong(piece -> piece.content.bytes()).sum());
        missing.forEach(piece -> send(piece, meter));
        return new Copied(
                missing.size(),
                missing.stream().mapToLong(piece -> piece.content.bytes()).sum());
    }

    private List<Piece> archivesOfOthers(Manifest manifest, Path catalog) {
        List<Piece> pieces = new ArrayList<>();
        manifest.archives().forEach((label, use) -> {
            if (!label.equals(manifest.label())) {
                Path file = catalog.resolve(label.text()).resolve(Artifact.SEGMENT_ARCHIVE);
                pieces.add(new Piece(label, file, use.archive()));
                if (!records.has(label, Artifact.MANIFEST)) {
                    pieces.add(piece(label, mark()));
                }
            }
        });
        return pieces;
    }

    private static List<Piece> own(Backup backup) {
        Label label = backup.manifest().label();
        List<Piece> pieces = new ArrayList<>();
        backup.manifest()
                .artifacts()
                .forEach(artifact -> pieces.add(new Piece(label, backup.folder().resolve(artifact.name()), artifact)));
        Path verdicts = backup.folder().resolve(Artifact.VERDICTS);
        if (Files.isRegularFile(verdicts)) {
            pieces.add(piece(label, verdicts));
        }
        pieces.add(piece(label, backup.folder().resolve(Artifact.SUMS)));
        pieces.add(piece(label, backup.folder().resolve(Artifact.MANIFEST)));
        return pieces;
    }

    private static Piece piece(Label label, Path file) {
        return new Piece(label, file, Digests.artifact(file));
    }

    private Path mark() {
        Path mark = SafeFiles.folder(records.folder()).resolve(PRUNED);
        SafeFiles.write(mark, "{}\n".getBytes(StandardCharsets.UTF_8));
        return mark;
    }

    private void send(Piece piece, Meter meter) {
        VouchedFile.requireSize(piece.file, piece.content, "Verify this backup, and copy another one.");
        line.send(piece.file, piece.label + "/" + piece.content.name(), meter);
        records.add(piece.label, piece.content);
        LOG.info("copied {} bytes of {} of {}", piece.content.bytes(), piece.content.name(), piece.label);
    }
}
