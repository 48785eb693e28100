package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a backup of the catalog to another store: the segment archives of other backups that it needs, its own files, its
 * manifest last. Repeatable: what is proven there is not sent again, and need not be here any more.
 */
public final class BackupSender {
    private final BackupStore to;
    private final Meter meter;

    /** What is sent and read back is announced and counted. */
    BackupSender(BackupStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    /** What was done: files and bytes that were sent, and the bytes of all that the backup needs there. */
    public record Sent(int files, long sent, long bytes) {
        private Sent with(int more, long sentBytes, long allBytes) {
            return new Sent(files + more, sent + sentBytes, bytes + allBytes);
        }
    }

    /** Throws {@link Damaged} when a file here or there is not what the manifest vouches for. */
    public Sent send(Backup backup, Path catalog) {
        Manifest manifest = backup.manifest();
        List<Piece> pieces = new ArrayList<>();
        others(manifest).forEach(piece -> pieces.add(piece.at(catalog.resolve(piece.label.text()))));
        manifest.artifacts().forEach(artifact -> pieces.add(new Piece(manifest.label(), artifact, backup.folder())));
        return send(backup, pieces);
    }

    /** Sends what lies here of a backup whose segment archive went there while it was made; archives of others must be there. */
    Sent complete(Backup backup) {
        Manifest manifest = backup.manifest();
        List<Piece> pieces = new ArrayList<>(others(manifest));
        manifest.artifacts().forEach(artifact -> {
            Piece piece = new Piece(manifest.label(), artifact);
            pieces.add(artifact.name().equals(Artifact.SEGMENT_ARCHIVE) ? piece : piece.at(backup.folder()));
        });
        pieces.forEach(this::requireThere);
        return send(backup, pieces);
    }

    /** A file of a backup; without a folder it is there already. */
    private record Piece(Label label, Artifact content, Optional<Path> file) {
        Piece(Label label, Artifact content) {
            this(label, content, Optional.empty());
        }

        Piece(Label label, Artifact content, Path folder) {
            this(label, content, Optional.of(folder.resolve(content.name())));
        }

        Piece at(Path folder) {
            return new Piece(label, content, folder);
        }
    }

    private static List<Piece> others(Manifest manifest) {
        return manifest.archives().entrySet().stream()
                .filter(use -> !use.getKey().equals(manifest.label()))
                .map(use -> new Piece(use.getKey(), use.getValue().archive()))
                .toList();
    }

    private void requireThere(Piece piece) {
        if (piece.file.isEmpty() && !to.holds(piece.label, piece.content)) {
            throw new Damaged(
                    to.place() + " lacks " + to.path(piece.label, piece.content.name()) + " of " + piece.content.bytes()
                            + " bytes, which this backup needs",
                    "Was it removed meanwhile? Take a full backup: `dolmen backup --full`.");
        }
    }

    private Sent send(Backup backup, List<Piece> pieces) {
        Label label = backup.manifest().label();
        if (to.isReadable()) {
            TakenLabel.require(to, backup.manifest());
            doubtWhatIsDoubted(label, pieces);
        }
        pieces.add(piece(label, backup.folder(), Artifact.SUMS));
        Piece manifest = piece(label, backup.folder(), Artifact.MANIFEST);
        expect(pieces);
        Sent sent = new Sent(0, 0, 0);
        for (Piece piece : pieces) {
            sent = put(piece, sent);
            if (!piece.label.equals(label)
                    && !to.has(piece.label, Artifact.MANIFEST)
                    && !to.has(piece.label, BackupStore.MARK)) {
                to.put(piece.label, BackupStore.MARK, BackupStore.MARK_TEXT);
                sent = sent.with(1, BackupStore.MARK_TEXT.length(), 0);
            }
        }
        sent = sendVerdicts(label, backup.folder(), sent);
        return put(manifest, sent);
    }

    private static Piece piece(Label label, Path folder, String name) {
        return new Piece(label, Digests.artifact(folder.resolve(name)), folder);
    }

    /** Of a backup that was found damaged there everything is read again. */
    private void doubtWhatIsDoubted(Label label, List<Piece> pieces) {
        if (!new StoredVerdicts(to).of(label).isEmpty()) {
            pieces.forEach(piece -> to.doubt(piece.label, piece.content.name()));
        }
    }

    /** What is sent is read back, where it can be. */
    private void expect(List<Piece> pieces) {
        long bytes = pieces.stream()
                .filter(piece -> !to.isProven(piece.label, piece.content))
                .mapToLong(piece -> piece.content.bytes() * (to.isReadable() && piece.file.isPresent() ? 2 : 1))
                .sum();
        meter.expect(bytes);
    }

    private Sent put(Piece piece, Sent before) {
        Artifact content = piece.content;
        if (piece.file.isEmpty()) {
            if (!to.isProven(piece.label, content)) {
                to.prove(piece.label, content, meter);
            }
            return before.with(0, 0, content.bytes());
        }
        boolean isNew = !to.isProven(piece.label, content);
        return before.with(isNew ? 1 : 0, to.put(piece.label, content, piece.file.get(), meter), content.bytes());
    }

    /** In place of those that are there; none are there when there are none here. */
    private Sent sendVerdicts(Label label, Path folder, Sent before) {
        if (Files.isRegularFile(folder.resolve(Artifact.VERDICTS))) {
            return put(piece(label, folder, Artifact.VERDICTS), before);
        }
        if (to.isReadable() && to.has(label, Artifact.VERDICTS)) {
            to.remove(label, Artifact.VERDICTS);
        }
        return before;
    }
}
