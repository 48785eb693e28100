package dolmen.catalog;

import dolmen.archive.TarSink;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.storage.ObjectStore;
import dolmen.storage.ObjectVersion;
import dolmen.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A fake of a bucket that keeps versions: a removal puts a delete marker over what is there, and a hold keeps a version. */
final class FakeVersionedStore implements ObjectStore {
    private final NavigableMap<String, List<Version>> keys = new TreeMap<>();
    private final Set<String> held = new HashSet<>();
    private int ids;

    /** Who asks may not list versions. */
    boolean blind;

    private record Version(ObjectVersion as, byte[] content, Optional<Artifact> artifact) {}

    void hold(String key) {
        held.add(shown(key).orElseThrow().as().id());
    }

    void releaseAll() {
        held.clear();
    }

    private void add(String key, byte[] content, Optional<Artifact> artifact, boolean marker) {
        keys.computeIfAbsent(key, none -> new ArrayList<>())
                .add(new Version(new ObjectVersion(key, "v" + ++ids, content.length, marker), content, artifact));
    }

    private Optional<Version> shown(String key) {
        return Optional.ofNullable(keys.get(key))
                .map(versions -> versions.get(versions.size() - 1))
                .filter(version -> !version.as().isMarker());
    }

    private Stream<String> below(String prefix) {
        return keys.keySet().stream().filter(key -> key.startsWith(prefix));
    }

    @Override
    public long put(Path file, Artifact content, String key, Meter meter) {
        try {
            add(key, Files.readAllBytes(file), Optional.of(content), false);
            meter.add(content.bytes());
            return content.bytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public TarSink begin(String key) {
        throw new UnsupportedOperationException("this fake takes no parts");
    }

    @Override
    public void put(String key, String text) {
        add(key, text.getBytes(StandardCharsets.UTF_8), Optional.empty(), false);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return shown(key)
                .map(version -> new StoredObject(
                        key,
                        version.as().bytes(),
                        version.artifact().map(Artifact::sha256),
                        version.as().id()));
    }

    @Override
    public InputStream read(String key) {
        return new ByteArrayInputStream(shown(key)
                .orElseThrow(() -> new NothingToRestore("there is no " + key, "It is a fake."))
                .content());
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        byte[] content = shown(key).orElseThrow().content();
        return new ByteArrayInputStream(content, (int) offset, (int) length);
    }

    @Override
    public List<String> list(String prefix) {
        return below(prefix).filter(key -> shown(key).isPresent()).toList();
    }

    @Override
    public void delete(String key) {
        add(key, new byte[0], Optional.empty(), true);
    }

    @Override
    public List<ObjectVersion> versions(String prefix) {
        if (blind) {
            throw new Failed("cannot list the versions of " + prefix + ": status 403, AccessDenied", "It is a fake.");
        }
        return below(prefix)
                .flatMap(key -> keys.get(key).stream())
                .map(Version::as)
                .toList();
    }

    @Override
    public boolean isVersion(String key) {
        return shown(key).isPresent();
    }

    @Override
    public void delete(ObjectVersion version) {
        if (held.contains(version.id())) {
            throw new Failed("cannot remove a version of " + version.key() + ": status 403, AccessDenied", "A fake.");
        }
        List<Version> versions = keys.get(version.key());
        versions.removeIf(each -> each.as().equals(version));
        if (versions.isEmpty()) {
            keys.remove(version.key());
        }
    }

    @Override
    public int abandon(String prefix, Instant before) {
        return 0;
    }

    @Override
    public void close() {}
}
