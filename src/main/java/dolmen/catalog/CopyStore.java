package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Plain copies of backups at an endpoint that files can only be sent to; where they arrive they are a catalog again. Nothing can
 * be read back: a file that the endpoint has acknowledged counts as proven, and only what was sent is known. It is not pruned.
 */
final class CopyStore implements BackupStore {
    private final ProvenFiles sent;
    private final FileSender sender;
    private final String place;

    CopyStore(ProvenFiles sent, FileSender sender, String place) {
        this.sent = sent;
        this.sender = sender;
        this.place = place;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    public List<Label> labelsWith(String name) {
        return sent.labels().stream().filter(label -> sent.has(label, name)).toList();
    }

    @Override
    public List<String> names(Label label) {
        return sent.names(label);
    }

    /** Only whether it was sent is on record. */
    @Override
    public OptionalLong size(Label label, String name) {
        throw onlySent();
    }

    @Override
    public boolean has(Label label, String name) {
        return sent.has(label, name);
    }

    @Override
    public InputStream open(Label label, String name) {
        throw onlySent();
    }

    @Override
    public InputStream open(Label label, String name, long offset, long length) {
        throw onlySent();
    }

    private Refused onlySent() {
        return new Refused(
                "files can only be sent to " + place + ", not read or removed there",
                "Name a folder that holds the copies, with --from or as dolmen.catalog.");
    }

    @Override
    public boolean isProven(Label label, Artifact content) {
        return sent.has(label, content.name(), content.sha256());
    }

    @Override
    public void prove(Label label, Artifact content, Meter meter) {
        if (!isProven(label, content)) {
            doubt(label, content.name());
            throw new Damaged(
                    place + " has not acknowledged " + label + "/" + content.name() + " as its manifest says",
                    "Copy this backup again: `dolmen copy " + label + "`.");
        }
    }

    @Override
    public void doubt(Label label, String name) {
        sent.forget(label, name);
    }

    @Override
    public long put(Label label, Artifact content, Path file, Meter meter) {
        if (isProven(label, content)) {
            return 0;
        }
        VouchedFile.requireSize(file, content, "Verify this backup, and copy another one.");
        sender.send(file, label + "/" + content.name(), meter);
        sent.add(label, content.name(), content.sha256());
        return content.bytes();
    }

    @Override
    public void put(Label label, String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Path file = SafeFiles.folder(sent.folder()).resolve(name);
        SafeFiles.write(file, content);
        sender.send(file, label + "/" + name, Meter.NONE);
        sent.add(label, name, Checksum.of(content));
    }

    @Override
    public void unpublish(Label label) {
        throw onlySent();
    }

    @Override
    public void remove(Label label, String name) {
        throw onlySent();
    }

    @Override
    public void removeAll(Label label) {
        throw onlySent();
    }
}
