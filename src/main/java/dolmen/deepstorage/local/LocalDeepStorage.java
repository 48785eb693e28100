package dolmen.deepstorage.local;

import dolmen.archive.FreeSpace;
import dolmen.archive.SafeFiles;
import dolmen.archive.TarSource;
import dolmen.archive.TarTarget;
import dolmen.archive.TarWriter;
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
import dolmen.deepstorage.UsedFiles;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.Size;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deep storage in a folder that Druid's services share, reached by the fastest transport that works: the mount's folder
 * itself, a throw-away container that packs into the staging folder, or the archive calls of the Docker API. Dolmen's own
 * files ({@code .dolmen-*} at the top) are left out.
 */
public final class LocalDeepStorage implements DeepStorage {
    /** The type of its load specs. */
    public static final String TYPE = "local";

    /** What the names of Dolmen's own files and folders in the shared folder begin with. */
    static final String OWN = ".dolmen-";

    /** The engine names a volume that nobody named by a hash. */
    private static final String ANONYMOUS = "[0-9a-f]{64}";
    /** Bytes; with less free a person is warned. */
    private static final long LITTLE_ROOM = 100_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(LocalDeepStorage.class);

    private final Host host;
    private final SegmentsSettings settings;
    private final Path scratch;
    private final List<Path> own;

    /**
     * {@code scratch} is a folder of this machine for lists of files. Dolmen's own folders, the catalog first, must not lie
     * in the shared folder: no backup may hold them.
     */
    public LocalDeepStorage(Host host, SegmentsSettings settings, Path scratch, Path... own) {
        this.host = host;
        this.settings = settings;
        this.scratch = scratch;
        this.own = List.of(own);
    }

    @Override
    public LoadPaths paths() {
        return paths(settings);
    }

    static LoadPaths paths(SegmentsSettings settings) {
        return new LoadPaths(TYPE, settings.path());
    }

    /**
     * Throws {@code Refused} when the catalog lies in the shared folder, the shared folder is PostgreSQL's, or no transport
     * works. An empty folder is packed too, with a warning.
     */
    @Override
    public MadeArchive archive(ArchiveOrder order, Meter meter) {
        SharedFolder shared = find();
        MadeArchive made = new ArchiveMaker(paths(), order, meter).make((only, index) -> {
            Transport transport = transport(shared, order.staging(), order.tar());
            Packing packing = new Packing(
                    order.tar().limited(settings.bytesPerSecond()).counted(meter),
                    order.label(),
                    only,
                    new UsedFiles(order.used(), paths()));
            return new Packed(pack(transport, shared, packing, index, meter), Optional.of(transport));
        });
        List<String> warnings = new ArrayList<>();
        whyNotLasting(shared.service(), settings.path())
                .ifPresent(why -> warnings.add("the shared folder " + name() + " lies on " + why
                        + ": a container that is made anew does not have it"));
        shared.folder().flatMap(ExtraAttributes::below).ifPresent(warnings::add);
        if (order.base().isEmpty() && made.archive().files() == 0) {
            warnings.add("the shared folder " + name() + " holds no file");
        }
        return made.warn(warnings);
    }

    @Override
    public List<Remark> check() {
        SharedFolder shared = find();
        List<Remark> remarks = new ArrayList<>();
        shared.folder()
                .ifPresentOrElse(
                        folder -> {
                            remarks.add(Remark.ok("the shared folder " + name() + " is read as " + folder));
                            remarks.add(room(FreeSpace.at(folder)));
                        },
                        () -> remarks.add(new Remark(
                                Remark.Level.INFO,
                                "the shared folder " + name() + " is read through the Docker engine, which is slower: "
                                        + shared.whyNot(),
                                "Let this user list the volume's folder, or mount the volume read-only for Dolmen.")));
        shared.folder()
                .flatMap(ExtraAttributes::below)
                .ifPresent(lost -> remarks.add(
                        new Remark(Remark.Level.WARNING, lost, "Owners and modes are kept: give the rights by them.")));
        whyNotLasting(shared.service(), settings.path())
                .ifPresent(on -> remarks.add(new Remark(
                        Remark.Level.WARNING,
                        "the shared folder " + name() + " lies on " + on
                                + ": a container that is made anew does not have it",
                        "Put it on a named volume.")));
        return remarks;
    }

    private static Remark room(long free) {
        String text = "the shared volume has " + Size.words(free) + " free";
        return free < LITTLE_ROOM
                ? new Remark(Remark.Level.WARNING, text, "Druid cannot publish segments without room.")
                : Remark.ok(text);
    }

    private String name() {
        return settings.path() + " of " + settings.service();
    }

    private SharedFolder find() {
        SharedFolder shared = SharedFolder.find(host, settings);
        new FolderRules(host, settings, shared).check(own);
        return shared;
    }

    private WrittenTar pack(
            Transport transport, SharedFolder shared, Packing packing, Consumer<Member> index, Meter meter) {
        WrittenTar written = switch (transport) {
            case MOUNT -> packFolder(shared.folder().orElseThrow(), packing, index);
            case SIDECAR -> new SidecarArchiver(host, settings, meter).write(packing, index);
            case API -> new ApiArchiver(host, settings).write(packing, index);
        };
        LOG.info("packed {} files, {} bytes of {}", written.files(), written.bytes(), name());
        return written;
    }

    private WrittenTar packFolder(Path folder, Packing packing, Consumer<Member> index) {
        TarSource source = new TarSource(
                folder,
                paths().memberPrefix(),
                path -> path.getNameCount() == 1 && path.toString().startsWith(OWN),
                packing.needed());
        return TarWriter.write(source, packing.only(), packing.tar(), packing.label(), index);
    }

    @Override
    public SegmentFiles files(long bytes, Meter meter) {
        SegmentFiles all = allFiles(bytes, meter);
        return visitor -> all.forEach((name, size) -> {
            if (!name.startsWith(OWN)) {
                visitor.accept(name, size);
            }
        });
    }

    /** Dolmen's own files too. */
    private SegmentFiles allFiles(long bytes, Meter meter) {
        SharedFolder shared = SharedFolder.find(host, settings);
        return switch (transport(shared, () -> SidecarArchiver.probe(host, settings, SafeFiles.folder(scratch)))) {
            case MOUNT -> LiveFiles.inFolder(shared.folder().orElseThrow());
            case SIDECAR -> LiveFiles.besideService(host, settings, scratch);
            case API -> {
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

    private Transport transport(SharedFolder shared, Supplier<Optional<String>> sidecar) {
        return new TransportChoice()
                .with(
                        Transport.MOUNT,
                        () -> shared.folder().isPresent() ? Optional.empty() : Optional.of(shared.whyNot()))
                .with(Transport.SIDECAR, sidecar)
                .with(Transport.API, Optional::empty)
                .choose(settings);
    }

    /** What the folder lies on when it is lost with its container; empty when it is not. */
    private static Optional<String> whyNotLasting(Service service, String path) {
        if (SharedFolder.isLocal(service)) {
            return Optional.empty();
        }
        Optional<Mount> mount = service.mountOf(path);
        return mount.isEmpty()
                ? Optional.of("no volume")
                : mount.get().volume().filter(name -> name.matches(ANONYMOUS)).map(name -> "an anonymous volume");
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.of(new FolderRoom(host, settings).freeBytes());
    }

    @Override
    public boolean isOnVolumeOf(Path folder) {
        return new FolderRoom(host, settings).isOnVolumeOf(folder);
    }

    @Override
    public SegmentPlacement placement(RunMark run) {
        return new LocalPlacement(
                host, settings, visitor -> allFiles(0, Meter.NONE).forEach(visitor), run);
    }

    @Override
    public void checkCaches(Set<String> stopped) {
        new SegmentCaches(host, settings).check(stopped);
    }

    @Override
    public void emptyCaches() {
        new SegmentCaches(host, settings).empty();
    }
}
