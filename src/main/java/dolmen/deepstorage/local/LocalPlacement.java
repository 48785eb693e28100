package dolmen.deepstorage.local;

import dolmen.archive.MemberNames;
import dolmen.archive.PathIndex;
import dolmen.archive.TarFile;
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
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the segments of a backup into the shared folder: {@link #stage} unpacks them beside the old content, on the same
 * volume, {@link #swapIn} exchanges the two by renames.
 */
final class LocalPlacement implements SegmentPlacement {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPlacement.class);

    /** An archive is read for the folder that its names begin with, to be checked, and to be unpacked. */
    static final int PASSES = 3;

    private final Host host;
    private final SegmentsSettings settings;
    private final SegmentFiles all;
    private final RunMark run;

    /** {@code all} are the files of the shared folder, with Dolmen's own. */
    LocalPlacement(Host host, SegmentsSettings settings, SegmentFiles all, RunMark run) {
        this.host = host;
        this.settings = settings;
        this.all = all;
        this.run = run;
    }

    @Override
    public void check(Optional<Path> file) {
        requireNoNestedMount();
        Stager.transport(host, settings, file);
    }

    @Override
    public List<String> immovable() {
        return inFolder(swap().immovable());
    }

    @Override
    public List<String> inTheWay(SegmentFiles coming) {
        return inFolder(swap().inTheWay(coming));
    }

    private List<String> inFolder(List<String> found) {
        return found.stream().map(what -> settings.path() + "/" + what).toList();
    }

    /** An archive is refused too when the shared folder has a mount inside, which no rename moves. */
    @Override
    public Staged stage(TarFile archive, long bytes, Meter meter) {
        meter.expect(PASSES * bytes);
        TarFile tar = archive.counted(meter);
        LoadPaths paths = LocalDeepStorage.paths(settings);
        requireNoNestedMount();
        String prefix = SharedPrefix.find(tar, paths)
                .orElseThrow(() -> new StepFailure.Refused(
                        tar.name() + " does not hold a shared folder: none of its names begins with "
                                + paths.memberPrefix() + " or has a folder segments in it",
                        "Check that it is the archive of the shared folder, and dolmen.segments.path."));
        Stager stager = new Stager(host, settings, tar, run, meter);
        if (state() != SwapState.ABSENT) {
            Unpacked plan = TarScan.check(tar, new Unpacking(prefix, Long.MAX_VALUE));
            return new Staged(
                    stager.transport().word(), prefix, plan.files(), plan.bytes(), List.of("was unpacked before"));
        }
        Staged staged = stager.stage(prefix, new FolderRoom(host, settings).freeBytes());
        LOG.info("unpacked {} files, {} bytes beside {}", staged.files(), staged.bytes(), settings.path());
        return staged;
    }

    @Override
    public Staged add(TarFile archive, long bytes, Meter meter) {
        Staged staged = stage(archive, bytes, meter);
        swap().mergeIn();
        LOG.info("added {} files to {}", staged.files(), settings.path());
        return staged;
    }

    private void requireNoNestedMount() {
        Optional<Mount> nested =
                SharedFolder.nestedMount(SharedFolder.find(host, settings).service(), settings.path());
        if (nested.isPresent()) {
            throw new StepFailure.Refused(
                    nested.get().destination() + " is a mount of its own inside " + settings.path()
                            + ", so its content cannot be exchanged by renames",
                    "Set dolmen.segments.path to the mount that holds the segments.");
        }
    }

    @Override
    public SwapState state() {
        return swap().state();
    }

    @Override
    public void swapIn() {
        swap().swapIn();
        LOG.info("swapped the new content of {} in", settings.path());
    }

    @Override
    public void swapBack() {
        swap().swapBack();
        LOG.info("put the old content of {} back", settings.path());
    }

    @Override
    public void putKeptBack() {
        swap().putKeptBack();
        LOG.info("put the kept files of {} back", settings.path());
    }

    /** Lists the folder twice: a kept file stands for the live one of its name. */
    @Override
    public SegmentFiles filesOnceKeptAreBack() {
        String folder = Swap.Names.of(run).kept();
        return visitor -> {
            PathIndex kept = new PathIndex();
            all.forEach((name, size) -> MemberNames.below(folder, name).ifPresent(path -> {
                kept.add(path);
                visitor.accept(path, size);
            }));
            all.forEach((name, size) -> {
                if (!name.startsWith(LocalDeepStorage.OWN) && kept.find(name) == PathIndex.ABSENT) {
                    visitor.accept(name, size);
                }
            });
        };
    }

    @Override
    public void dropOld() {
        swap().dropOld();
        LOG.info("deleted the old content of {}", settings.path());
    }

    @Override
    public void dropNew() {
        swap().dropNew();
        LOG.info("deleted the unpacked content beside {}", settings.path());
    }

    private Swap swap() {
        Optional<Path> folder = WritableFolder.find(host, settings);
        return folder.isPresent()
                ? new FolderSwap(folder.get(), run)
                : new ScriptSwap(host, settings.service(), settings.path(), run);
    }
}
