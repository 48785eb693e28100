package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Checksum;
import dolmen.model.Label;
import java.nio.file.Path;
import java.util.List;

/** What an endpoint for copies has acknowledged, and which copies were begun, in the state folder. */
public final class CopyRecords implements SentRecords {
    private final ProvenFiles acknowledged;
    private final BegunTransfers begun;

    /** {@code place} tells the endpoint from others, without secrets. */
    public CopyRecords(Path state, String place) {
        this.acknowledged = ProvenFiles.ofCopies(state, place);
        this.begun = new BegunTransfers(state.resolve("begun-copies")
                .resolve(Checksum.of(place).sha256().substring(0, 12)));
    }

    ProvenFiles acknowledged() {
        return acknowledged;
    }

    /** A backup is complete there. */
    void end(Label label) {
        begun.end(label);
    }

    @Override
    public List<Label> labels() {
        return acknowledged.labels().stream()
                .filter(label -> acknowledged.has(label, Artifact.MANIFEST))
                .toList();
    }

    @Override
    public boolean holds(Backup backup) {
        Checksum manifest = Digests.of(backup.folder().resolve(Artifact.MANIFEST));
        return acknowledged.has(backup.manifest().label(), Artifact.MANIFEST, manifest)
                && SentRecords.all(
                        backup.manifest(),
                        (label, content) -> acknowledged.has(label, content.name(), content.sha256()));
    }

    @Override
    public void begin(Label label) {
        begun.begin(label);
    }

    @Override
    public boolean isBegun(Label label) {
        return begun.labels().contains(label);
    }
}
