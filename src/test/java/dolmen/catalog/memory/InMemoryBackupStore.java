package dolmen.catalog.memory;

import dolmen.archive.Digests;
import dolmen.catalog.BackupStore;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Backups in the memory of this process. */
final class InMemoryBackupStore implements BackupStore {
    private final SortedMap<Label, SortedMap<String, byte[]>> files = new TreeMap<>();
    private final Set<String> doubted = new HashSet<>();

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public List<Label> labelsWith(String name) {
        return files.keySet().stream().filter(label -> has(label, name)).toList();
    }

    @Override
    public List<String> names(Label label) {
        return List.copyOf(home(label).keySet());
    }

    @Override
    public OptionalLong size(Label label, String name) {
        return find(label, name).stream().mapToLong(content -> content.length).findFirst();
    }

    @Override
    public InputStream open(Label label, String name) {
        return new ByteArrayInputStream(content(label, name));
    }

    @Override
    public InputStream open(Label label, String name, long offset, long length) {
        return new ByteArrayInputStream(content(label, name), (int) offset, (int) length);
    }

    @Override
    public boolean isProven(Label label, Artifact content) {
        return !doubted.contains(path(label, content.name())) && isThere(label, content);
    }

    @Override
    public void prove(Label label, Artifact content, Meter meter) {
        meter.add(size(label, content.name()).orElse(0));
        if (!isThere(label, content)) {
            throw new Damaged(path(label, content.name()) + " is not what its manifest says", "Put it again.");
        }
        doubted.remove(path(label, content.name()));
    }

    private boolean isThere(Label label, Artifact content) {
        return find(label, content.name()).map(Checksum::of).equals(Optional.of(content.sha256()));
    }

    @Override
    public void doubt(Label label, String name) {
        doubted.add(path(label, name));
    }

    @Override
    public long put(Label label, Artifact content, Path file, Meter meter) {
        if (isProven(label, content)) {
            return 0;
        }
        if (Digests.artifact(file).bytes() != content.bytes()) {
            throw new Damaged(file + " has another size than its manifest says", "Use another backup.");
        }
        try {
            store(label, content.name(), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        meter.add(content.bytes());
        prove(label, content, meter);
        return content.bytes();
    }

    @Override
    public void put(Label label, String name, String text) {
        store(label, name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void unpublish(Label label) {
        Optional.ofNullable(home(label).remove(Artifact.MANIFEST)).ifPresent(manifest -> store(label, MARK, manifest));
    }

    @Override
    public void remove(Label label, String name) {
        home(label).remove(name);
    }

    @Override
    public void removeAll(Label label) {
        files.remove(label);
    }

    /** Changes the first byte of what is there. */
    void spoil(Label label, String name) {
        byte[] changed = Arrays.copyOf(content(label, name), content(label, name).length);
        changed[0] ^= 1;
        store(label, name, changed);
    }

    private void store(Label label, String name, byte[] content) {
        files.computeIfAbsent(label, first -> new TreeMap<>()).put(name, content);
    }

    private SortedMap<String, byte[]> home(Label label) {
        return files.getOrDefault(label, new TreeMap<>());
    }

    private Optional<byte[]> find(Label label, String name) {
        return Optional.ofNullable(home(label).get(name));
    }

    private byte[] content(Label label, String name) {
        return find(label, name).orElseThrow(() -> new Damaged("memory lacks " + path(label, name), "Put it again."));
    }
}
