package dolmen.deepstorage.local;

import dolmen.archive.FreeSpace;
import dolmen.archive.TarFile;
import dolmen.archive.TarScan;
import dolmen.archive.Unpacked;
import dolmen.archive.Unpacking;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.SharedPrefix;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.SwapState;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a segment archive into the shared folder of a stack in steps, each of which may be repeated after any interruption:
 * {@link #stage} unpacks beside the old content, {@link #swapIn} exchanges the two by renames, {@link #swapBack} undoes that
 * from any intermediate state, {@link #dropOld} and {@link #dropNew} delete what is no longer wanted. The services that
 * write into the folder must be stopped from {@link #swapIn} on. Nothing is kept in memory: every call looks at the folder.
 */
public final class SegmentRestore {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRestore.class);

    /** An archive is read for the folder that its names begin with, to be checked, and to be unpacked. */
    public static final int PASSES = 3;

    private final Host host;
    private final SegmentsSettings settings;

    public SegmentRestore(Host host, SegmentsSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** Free bytes on the volume of the shared folder. */
    public long freeBytes() {
        Optional<Path> folder = WritableFolder.find(host, settings);
        return folder.isPresent() ? FreeSpace.at(folder.get()) : freeBytesBeside();
    }

    private long freeBytesBeside() {
        Outcome outcome = ScriptSwap.run(
                host,
                settings.service(),
                "df -Pk " + Shell.quote(settings.path()) + " | tail -n 1 | awk '{ print \"free:\" $4 }' >&2",
                Optional.empty());
        return outcome.stderr()
                .lines()
                .filter(line -> line.matches("free:[0-9]+"))
                .map(line -> Long.parseLong(line.substring(5)) * 1024)
                .findFirst()
                .orElseThrow(() -> new StepFailure.Failed(
                        "the free space of " + settings.path() + " could not be found out"
                                + TransportChoice.said(outcome),
                        "Check that the image of " + settings.service() + " has df and awk."));
    }

    /**
     * Unpacks the archive into {@code .dolmen-new-RUN} of the shared folder, after all of it was checked; does nothing more
     * when that was done before. Throws {@code Refused} before anything is written for an archive that must not be unpacked,
     * is larger than the free space, or does not look like a shared folder, and for a shared folder with a mount inside.
     */
    public Staged stage(TarFile tar, String run) {
        return stage(tar, run, Meter.NONE);
    }

    /** The same; its bytes are counted at each of the {@link #PASSES}. */
    public Staged stage(TarFile plain, String run, Meter meter) {
        TarFile tar = plain.counted(meter);
        requireNoNestedMount();
        String prefix = SharedPrefix.find(tar, settings.path())
                .orElseThrow(() -> new StepFailure.Refused(
                        tar.name() + " does not hold a shared folder: none of its names begins with "
                                + LoadPaths.memberPrefix(settings.path()) + " or has a folder segments in it",
                        "Check that it is the archive of the shared folder, and dolmen.segments.path."));
        Stager stager = new Stager(host, settings, tar, run, meter);
        if (state(run) != SwapState.ABSENT) {
            Unpacked plan = TarScan.check(tar, new Unpacking(prefix, Long.MAX_VALUE));
            return new Staged(stager.transport(), prefix, plan.files(), plan.bytes(), List.of("was unpacked before"));
        }
        Staged staged = stager.stage(prefix, freeBytes());
        LOG.info("unpacked {} files, {} bytes beside {}", staged.files(), staged.bytes(), settings.path());
        return staged;
    }

    /**
     * Unpacks the archive beside the content, as {@link #stage} does, and then moves each file to its place; one that is
     * there with other bytes is kept for {@link #putKeptBack}. Nothing goes away, so the services may run. Repeatable.
     */
    public Staged add(TarFile tar, String run) {
        return add(tar, run, Meter.NONE);
    }

    /** The same; its bytes are counted at each of the {@link #PASSES}. */
    public Staged add(TarFile tar, String run, Meter meter) {
        Staged staged = stage(tar, run, meter);
        swap(run).mergeIn();
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

    /** Where the swap of this run stands. */
    public SwapState state(String run) {
        return swap(run).state();
    }

    /** Moves the old content aside and the new one into place, or completes what was begun of that. */
    public void swapIn(String run) {
        swap(run).swapIn();
        LOG.info("swapped the new content of {} in", settings.path());
    }

    /** Puts the old content back, from any state; the new one is staged again. */
    public void swapBack(String run) {
        swap(run).swapBack();
        LOG.info("put the old content of {} back", settings.path());
    }

    /** Puts back the files that {@link #add} had found in the places of its own, with other bytes. Repeatable. */
    public void putKeptBack(String run) {
        swap(run).putKeptBack();
        LOG.info("put the kept files of {} back", settings.path());
    }

    /** Deletes the old content, and what was kept, for good. */
    public void dropOld(String run) {
        swap(run).dropOld();
        LOG.info("deleted the old content of {}", settings.path());
    }

    /** Deletes the new content, and what is left of an unfinished unpacking. */
    public void dropNew(String run) {
        swap(run).dropNew();
        LOG.info("deleted the unpacked content beside {}", settings.path());
    }

    private Swap swap(String run) {
        Optional<Path> folder = WritableFolder.find(host, settings);
        return folder.isPresent()
                ? new FolderSwap(folder.get(), run)
                : new ScriptSwap(host, settings.service(), settings.path(), run);
    }

    /** Throws {@code Refused} for a cache that {@link #emptyCaches()} could not empty; changes nothing. */
    public void checkCaches() {
        new SegmentCaches(host, settings).check();
    }

    /**
     * Deletes what is in the segment caches, so that nothing is served from them that deep storage no longer holds. Throws
     * {@code Refused} when one of their services runs.
     */
    public void emptyCaches() {
        new SegmentCaches(host, settings).empty();
    }
}
