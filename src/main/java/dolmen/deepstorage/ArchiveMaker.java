package dolmen.deepstorage;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarOutput;
import dolmen.archive.TarTarget;
import dolmen.archive.WrittenTar;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.SegmentArchive;
import dolmen.model.Transport;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes the archive of a backup and its index, from whatever kind of deep storage: it decides which files are packed. */
public record ArchiveMaker(LoadPaths paths, ArchiveOrder order, Meter meter) {
    /** Packs the files at these paths and below them, sorted, or every file there is; each one goes into the index. */
    @FunctionalInterface
    public interface Packer {
        Packed pack(Optional<List<String>> only, Consumer<Member> index);
    }

    /** What was packed, and how it was reached, where there is a choice. */
    public record Packed(WrittenTar tar, Optional<Transport> transport) {}

    /** Asks the packer once, or not at all when nothing is new. */
    public MadeArchive make(Packer packer) {
        try (MemberIndex.Writer index = MemberIndex.create(order.staging().resolve(Artifact.SEGMENT_INDEX))) {
            Optional<Increment> increment = order.base().map(base -> increment(base, index));
            boolean nothingIsNew =
                    increment.filter(known -> known.wanted().isEmpty()).isPresent();
            Packed packed = nothingIsNew ? emptyTar(order.tar()) : packer.pack(increment.map(Increment::wanted), index);
            WrittenTar tar = packed.tar();
            SortedMap<Label, ArchiveUse> archives =
                    new TreeMap<>(increment.map(Increment::archives).orElseGet(TreeMap::new));
            if (increment.isEmpty() || tar.files() > 0) {
                archives.put(order.label(), new ArchiveUse(tar.tar(), tar.files(), tar.bytes()));
            }
            SegmentLines.write(order.prints(), order.staging().resolve("used-segments"), index);
            SegmentArchive archive = new SegmentArchive(
                    tar.tar(), index.finish(), packed.transport(), tar.files(), tar.bytes(), archives);
            return new MadeArchive(archive, tar.vanished(), tar.changed(), tar.leftOut());
        }
    }

    private Increment increment(ArchiveOrder.Base base, Consumer<Member> index) {
        Increment increment = Increment.over(order.used(), base.segments(), paths, base.backup(), index);
        meter.guess(increment.wantedBytes());
        return increment;
    }

    private static Packed emptyTar(TarTarget tar) {
        try (TarOutput out = TarOutput.create(tar)) {
            return new Packed(new WrittenTar(out.finish(), 0, 0, List.of(), List.of(), List.of()), Optional.empty());
        }
    }
}
