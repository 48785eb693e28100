package dolmen.deepstorage.memory;

import dolmen.archive.MemberNames;
import dolmen.archive.TarFile;
import dolmen.archive.TarMember;
import dolmen.archive.TarReader;
import dolmen.archive.TarScan;
import dolmen.archive.Unpacked;
import dolmen.archive.Unpacking;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.deepstorage.SharedPrefix;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.SwapState;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Exchanges objects, one restore at a time. */
record MemoryPlacement(MemoryStore store, LoadPaths paths, MemoryStore.Replacement here) implements SegmentPlacement {
    private static final int PASSES = 3;

    @Override
    public void check(Optional<Path> file) {
        // objects are always taken
    }

    @Override
    public List<String> immovable() {
        return List.of();
    }

    @Override
    public List<String> inTheWay(SegmentFiles coming) {
        return List.of();
    }

    @Override
    public Staged stage(TarFile archive, long bytes, Meter meter) {
        meter.expect(PASSES * bytes);
        TarFile tar = archive.counted(meter);
        String prefix = SharedPrefix.find(tar, paths)
                .orElseThrow(() -> new StepFailure.Refused(tar.name() + " holds no segments", "Use another one."));
        Unpacked plan = TarScan.check(tar, new Unpacking(prefix, Long.MAX_VALUE));
        SortedMap<String, byte[]> objects = read(tar, prefix);
        if (state() == SwapState.ABSENT) {
            here.incoming = objects;
        }
        return new Staged("objects", prefix, plan.files(), plan.bytes(), List.of());
    }

    private static SortedMap<String, byte[]> read(TarFile tar, String prefix) {
        SortedMap<String, byte[]> objects = new TreeMap<>();
        try (TarReader reader = tar.open()) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().isFile()) {
                    String key = MemberNames.plain(next.get().name())
                            .flatMap(name -> MemberNames.below(prefix, name))
                            .orElseThrow();
                    objects.put(key, reader.content().readAllBytes());
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return objects;
    }

    @Override
    public Staged add(TarFile archive, long bytes, Meter meter) {
        Staged staged = stage(archive, bytes, meter);
        here.incoming.forEach((key, content) -> {
            byte[] before = store.live.put(key, content);
            if (before != null && !Arrays.equals(before, content)) {
                here.kept.putIfAbsent(key, before);
            }
        });
        here.incoming = null;
        return staged;
    }

    @Override
    public SwapState state() {
        if (here.old != null) {
            return SwapState.SWAPPED;
        }
        return here.incoming == null ? SwapState.ABSENT : SwapState.STAGED;
    }

    @Override
    public void swapIn() {
        switch (state()) {
            case STAGED -> {
                here.old = store.replaceBy(here.incoming);
                here.incoming = null;
            }
            case ABSENT -> throw new StepFailure.Failed("nothing is staged", "Stage it first.");
            default -> {}
        }
    }

    @Override
    public void swapBack() {
        if (state() == SwapState.SWAPPED) {
            here.incoming = store.replaceBy(here.old);
            here.old = null;
        }
    }

    @Override
    public void putKeptBack() {
        store.live.putAll(here.kept);
        here.kept.clear();
    }

    @Override
    public SegmentFiles filesOnceKeptAreBack() {
        SortedMap<String, byte[]> then = new TreeMap<>(store.live);
        then.putAll(here.kept);
        return MemoryDeepStorage.files(then);
    }

    @Override
    public void dropOld() {
        here.old = null;
        here.kept.clear();
    }

    @Override
    public void dropNew() {
        here.incoming = null;
    }
}
