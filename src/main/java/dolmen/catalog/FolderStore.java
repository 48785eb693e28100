package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.io.input.BoundedInputStream;

/** Backups as folders of one folder. What is there is read each time that its proof is asked for: nothing is kept on record. */
final class FolderStore implements BackupStore {
    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toAbsolutePath().toString();
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public List<Label> labelsWith(String name) {
        return SafeFiles.list(folder).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .filter(path -> isThere(path.resolve(name)))
                .flatMap(path -> Catalog.label(path).stream())
                .sorted()
                .toList();
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<String> names(Label label) {
        return SafeFiles.list(home(label)).stream()
                .map(path -> path.getFileName().toString())
                .sorted()
                .toList();
    }

    @Override
    public OptionalLong size(Label label, String name) {
        try {
            return OptionalLong.of(SafeFiles.size(file(label, name)));
        } catch (IOException absent) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(Label label, String name) {
        try {
            return Files.newInputStream(file(label, name));
        } catch (NoSuchFileException absent) {
            throw lacks(label, name, absent);
        } catch (IOException unreadable) {
            throw FileFailures.reading(file(label, name), unreadable);
        }
    }

    @Override
    public InputStream open(Label label, String name, long offset, long length) {
        try {
            FileChannel channel = FileChannel.open(file(label, name));
            channel.position(offset);
            return BoundedInputStream.builder()
                    .setInputStream(Channels.newInputStream(channel))
                    .setMaxCount(length)
                    .get();
        } catch (NoSuchFileException absent) {
            throw lacks(label, name, absent);
        } catch (IOException unreadable) {
            throw FileFailures.reading(file(label, name), unreadable);
        }
    }

    private Damaged lacks(Label label, String name, IOException absent) {
        return new Damaged(
                place() + " lacks " + label + "/" + name + ", which its backup needs", "Use another backup.", absent);
    }

    @Override
    public boolean isProven(Label label, Artifact content) {
        return Files.isRegularFile(file(label, content.name()))
                && Digests.artifact(file(label, content.name())).equals(content);
    }

    @Override
    public void prove(Label label, Artifact content, Meter meter) {
        new ReadBack(this).compare(label, content, meter);
    }

    /** It is read each time. */
    @Override
    public void doubt(Label label, String name) {}

    @Override
    public long put(Label label, Artifact content, Path file, Meter meter) {
        if (isProven(label, content)) {
            return 0;
        }
        VouchedFile.requireSize(file, content, "Verify this backup, and use another one.");
        Path target = SafeFiles.folder(home(label)).resolve(content.name());
        try (PartFile part = PartFile.create(target)) {
            Files.copy(file, meter.writing(part.stream()));
            part.publish();
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
        prove(label, content, meter);
        return content.bytes();
    }

    /** A folder that is not there yet comes to be with this file in it: killed in between, it goes with the next staging. */
    @Override
    public void put(Label label, String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (isThere(home(label))) {
            SafeFiles.write(file(label, name), content);
            return;
        }
        Path made = staging(label);
        SafeFiles.remove(made);
        SafeFiles.write(SafeFiles.folder(made).resolve(name), content);
        SafeFiles.move(made, home(label));
    }

    /** The manifest of before is the mark: one rename. */
    @Override
    public void unpublish(Label label) {
        if (isThere(file(label, Artifact.MANIFEST))) {
            SafeFiles.move(file(label, Artifact.MANIFEST), file(label, MARK));
        }
    }

    @Override
    public void remove(Label label, String name) {
        SafeFiles.remove(file(label, name));
    }

    /** Killed in between, the rest goes with the next staging. */
    @Override
    public void removeAll(Label label) {
        if (isThere(home(label))) {
            Path gone = staging(label);
            SafeFiles.folder(gone.getParent());
            SafeFiles.remove(gone);
            SafeFiles.move(home(label), gone);
            SafeFiles.remove(gone);
        }
    }

    private Path staging(Label label) {
        return folder.resolve(Catalog.STAGING).resolve(label.text());
    }

    private Path home(Label label) {
        return folder.resolve(label.text());
    }

    private Path file(Label label, String name) {
        return home(label).resolve(name);
    }
}
