package dolmen.deepstorage.local;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarOutput;
import dolmen.archive.TarSource;
import dolmen.archive.TarTarget;
import dolmen.archive.TarWriter;
import dolmen.archive.WrittenTar;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.Increment;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SegmentLines;
import dolmen.deepstorage.UsedFiles;
import dolmen.deepstorage.VolumeArchive;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentPrints;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the shared folder of a running stack, by the fastest transport that works: the mount's folder itself, a throw-away
 * container that packs into the staging folder, or the archive calls of the Docker API. Dolmen's own files ({@code
 * .dolmen-*} at the top) are left out. Repeatable: nothing of an unfinished archive stays.
 */
public final class LocalDeepStorage {
    public static final String OWN = ".dolmen-";

    private static final String ANONYMOUS = "[0-9a-f]{64}";

    private static final Logger LOG = LoggerFactory.getLogger(LocalDeepStorage.class);

    private final Host host;
    private final SegmentsSettings settings;
    private final Supplier<Meter> meters;
    private final List<Path> own;

    /** Dolmen's own folders, the catalog first, must not lie in the shared folder: no backup may hold them. */
    public LocalDeepStorage(Host host, SegmentsSettings settings, Path... own) {
        this(host, settings, () -> Meter.NONE, own);
    }

    /** The same; the bytes of the archive are counted. */
    public LocalDeepStorage(Host host, SegmentsSettings settings, Supplier<Meter> meters, Path... own) {
        this.host = host;
        this.settings = settings;
        this.meters = meters;
        this.own = List.of(own);
    }

    /**
     * Writes the archive, and {@code segments.jsonl.gz} into the staging folder. Throws {@code Unavailable} when a file that
     * a used segment needs changes while it is read, since trying again may help, and {@code Refused} when the catalog lies in the shared folder, the shared folder is PostgreSQL's, or no transport works. An empty folder is packed too,
     * with a warning.
     */
    public VolumeArchive archive(Path staging, Label label, TarTarget tar, UsedSegments used, SegmentPrints prints) {
        SharedFolder shared = find();
        try (MemberIndex.Writer index = index(staging)) {
            Transport transport = transport(shared, staging, tar);
            WrittenTar written =
                    pack(transport, shared, new Packing(limited(tar), label, Optional.empty(), needed(used)), index);
            List<String> warnings = warnings(written, shared);
            if (written.files() == 0) {
                warnings.add("the shared folder " + settings.path() + " of " + settings.service() + " holds no file");
            }
            SortedMap<Label, ArchiveUse> archives = new TreeMap<>(Map.of(label, whole(written)));
            return new VolumeArchive(
                    archive(written, finish(index, prints, staging), Optional.of(transport), archives),
                    written.vanished(),
                    written.changed(),
                    warnings);
        }
    }

    /**
     * The same for an incremental backup: the archive holds only what no archive that the base refers to holds of the
     * used segments, the index all of them. Reads nothing of the shared folder when that is nothing.
     */
    public VolumeArchive archiveNew(
            Path staging, Label label, TarTarget tar, UsedSegments used, BaseSegments segments, Backup base) {
        SharedFolder shared = find();
        try (MemberIndex.Writer index = index(staging)) {
            Increment increment = Increment.over(used, segments, settings.path(), base, index);
            Optional<Transport> transport =
                    increment.wanted().isEmpty() ? Optional.empty() : Optional.of(transport(shared, staging, tar));
            meters.get().guess(increment.wantedBytes());
            Packing packing = new Packing(limited(tar), label, Optional.of(increment.wanted()), needed(used));
            WrittenTar written =
                    transport.map(taken -> pack(taken, shared, packing, index)).orElseGet(() -> nothing(tar));
            SortedMap<Label, ArchiveUse> archives = new TreeMap<>(increment.archives());
            if (written.files() > 0) {
                archives.put(label, whole(written));
            }
            return new VolumeArchive(
                    archive(written, finish(index, segments.prints(), staging), transport, archives),
                    written.vanished(),
                    written.changed(),
                    warnings(written, shared));
        }
    }

    /** Looks at the shared folder and packs nothing. Throws {@code Refused} where a backup would be. */
    public SharedState look() {
        SharedFolder shared = find();
        return new SharedState(shared.folder(), shared.whyNot(), whyFleeting(shared.service(), settings.path()));
    }

    private SharedFolder find() {
        SharedFolder shared = SharedFolder.find(host, settings);
        new FolderRules(host, settings, shared).check(own);
        return shared;
    }

    private UsedFiles needed(UsedSegments used) {
        return new UsedFiles(used, settings.path());
    }

    private static MemberIndex.Writer index(Path staging) {
        return MemberIndex.create(staging.resolve(Artifact.SEGMENT_INDEX));
    }

    /** The used segments come behind the files. */
    private static Artifact finish(MemberIndex.Writer index, SegmentPrints used, Path staging) {
        SegmentLines.write(used, staging.resolve("used-segments"), index);
        return index.finish();
    }

    private WrittenTar pack(Transport transport, SharedFolder shared, Packing asked, MemberIndex.Writer index) {
        Meter meter = meters.get();
        Packing packing = asked.into(asked.tar().counted(meter));
        WrittenTar written = switch (transport) {
            case MOUNT -> packFolder(shared.folder().orElseThrow(), packing, index);
            case SIDECAR -> new SidecarArchiver(host, settings, meter).write(packing, index);
            case API -> new ApiArchiver(host, settings).write(packing, index);
        };
        LOG.info(
                "packed {} files, {} bytes of {} of {}",
                written.files(),
                written.bytes(),
                settings.path(),
                settings.service());
        return written;
    }

    private WrittenTar packFolder(Path folder, Packing packing, MemberIndex.Writer index) {
        TarSource source = new TarSource(
                folder,
                LoadPaths.memberPrefix(settings.path()),
                path -> path.getNameCount() == 1 && path.toString().startsWith(OWN),
                packing.needed());
        return TarWriter.write(source, packing.only(), packing.tar(), packing.label(), index);
    }

    private static WrittenTar nothing(TarTarget tar) {
        try (TarOutput out = TarOutput.create(tar)) {
            return new WrittenTar(out.finish(), 0, 0, List.of(), List.of(), List.of());
        }
    }

    private static SegmentArchive archive(
            WrittenTar written, Artifact index, Optional<Transport> transport, SortedMap<Label, ArchiveUse> archives) {
        return new SegmentArchive(written.tar(), index, transport, written.files(), written.bytes(), archives);
    }

    private static ArchiveUse whole(WrittenTar written) {
        return new ArchiveUse(written.tar(), written.files(), written.bytes());
    }

    private List<String> warnings(WrittenTar written, SharedFolder shared) {
        List<String> warnings = new ArrayList<>(written.leftOut());
        whyFleeting(shared.service(), settings.path())
                .ifPresent(why -> warnings.add("the shared folder " + settings.path() + " of " + settings.service()
                        + " lies on " + why + ": a container that is made anew does not have it"));
        return warnings;
    }

    /** The files that the shared folder holds now, by names relative to it; for a check after a restore. */
    public SegmentFiles files(Path staging) {
        return files(staging, 0);
    }

    /** The same; {@code bytes} is about what the step has to read where the files come with their content. */
    public SegmentFiles files(Path staging, long bytes) {
        SharedFolder shared = SharedFolder.find(host, settings);
        return switch (transport(shared, () -> SidecarArchiver.probe(host, settings, staging))) {
            case MOUNT -> LiveFiles.inFolder(shared.folder().orElseThrow());
            case SIDECAR -> LiveFiles.besideService(host, settings, staging);
            case API -> {
                Meter meter = meters.get();
                meter.guess(bytes);
                yield LiveFiles.throughApi(host, settings, meter);
            }
        };
    }

    /** Only the sidecar packs by a program that needs a file to write to. */
    private Transport transport(SharedFolder shared, Path staging, TarTarget tar) {
        return transport(shared, () -> whyNoSidecar(tar).or(() -> SidecarArchiver.probe(host, settings, staging)));
    }

    private Optional<String> whyNoSidecar(TarTarget tar) {
        if (tar.file().isEmpty()) {
            return Optional.of("it packs into a folder, and dolmen.storage.stage=none keeps no archive here");
        }
        return settings.bytesPerSecond() > 0
                ? Optional.of("its tar reads as fast as it can, and dolmen.segments.limit-mib is set")
                : Optional.empty();
    }

    private TarTarget limited(TarTarget tar) {
        return tar.limited(settings.bytesPerSecond());
    }

    private Transport transport(SharedFolder shared, Supplier<Optional<String>> sidecar) {
        return new TransportChoice()
                .with(
                        Transport.MOUNT,
                        () -> shared.folder().isPresent() ? Optional.empty() : Optional.of(shared.whyNot()))
                .with(Transport.SIDECAR, sidecar)
                .with(Transport.API, Optional::empty)
                .choose(settings);
    }

    private static Optional<String> whyFleeting(Service service, String path) {
        if (SharedFolder.isLocal(service)) {
            return Optional.empty();
        }
        Optional<Mount> mount = service.mountOf(path);
        return mount.isEmpty()
                ? Optional.of("no volume")
                : mount.get().volume().filter(name -> name.matches(ANONYMOUS)).map(name -> "an anonymous volume");
    }
}
