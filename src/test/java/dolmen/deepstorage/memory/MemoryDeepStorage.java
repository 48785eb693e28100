package dolmen.deepstorage.memory;

import dolmen.archive.MemberAttributes;
import dolmen.archive.TarMember;
import dolmen.archive.TarOutput;
import dolmen.archive.WrittenTar;
import dolmen.deepstorage.ArchiveMaker;
import dolmen.deepstorage.ArchiveMaker.Packed;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.Remark;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.model.Checksum;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Deep storage as an object store is one: keys and bytes, no folders, no renames, no service that holds a volume. */
public record MemoryDeepStorage(MemoryStore store, LoadPaths paths) implements DeepStorage {
    private static final MemberAttributes ATTRIBUTES = new MemberAttributes(0644, 0, 0, Instant.EPOCH);

    @Override
    public List<Remark> check() {
        return List.of(Remark.ok(paths.root() + " holds " + store.live.size() + " objects"));
    }

    @Override
    public MadeArchive archive(ArchiveOrder order, Meter meter) {
        return new ArchiveMaker(paths, order, meter).make((only, index) -> {
            SortedMap<String, byte[]> wanted = new TreeMap<>(store.live);
            only.ifPresent(keys -> wanted.keySet().removeIf(key -> keys.stream().noneMatch(each -> isOf(each, key))));
            try (TarOutput out = TarOutput.create(order.tar().counted(meter))) {
                wanted.forEach((key, content) -> pack(paths.memberPrefix() + "/" + key, content, order, out, index));
                long bytes = wanted.values().stream()
                        .mapToLong(content -> content.length)
                        .sum();
                return new Packed(
                        new WrittenTar(out.finish(), wanted.size(), bytes, List.of(), List.of(), List.of()),
                        Optional.empty());
            }
        });
    }

    private static boolean isOf(String path, String key) {
        return key.equals(path) || key.startsWith(path + "/");
    }

    private static void pack(String name, byte[] content, ArchiveOrder order, TarOutput out, Consumer<Member> index) {
        long offset = out.begin(new TarMember(name, TarMember.Kind.FILE, content.length, ATTRIBUTES, "", 0));
        out.write(content, 0, content.length);
        var digest = Checksum.digest();
        digest.update(content);
        index.accept(new Member(name, content.length, Checksum.of(digest), order.label(), offset));
    }

    @Override
    public SegmentFiles files(long bytes, Meter meter) {
        return files(store.live);
    }

    static SegmentFiles files(Map<String, byte[]> objects) {
        return visitor -> new TreeMap<>(objects).forEach((key, content) -> visitor.accept(key, content.length));
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isOnVolumeOf(Path folder) {
        return false;
    }

    @Override
    public SegmentPlacement placement(RunMark run) {
        return new MemoryPlacement(store, paths, store.of(run));
    }

    @Override
    public void checkCaches(Set<String> stopped) {}

    @Override
    public void emptyCaches() {
        if (store.running) {
            throw new StepFailure.Refused("the service of the segment cache runs", "Stop it.");
        }
        store.cache.clear();
    }
}
