package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberAttributes;
import dolmen.archive.PartFile;
import dolmen.archive.Trees;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SwapState;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The swap in a folder that this process can write. */
final class FolderSwap implements Swap {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSwap.class);

    private final Path shared;
    private final Path incoming;
    private final Path part;
    private final Path outgoing;
    private final Path old;
    private final Path making;
    private final Path dropping;
    private final Path kept;
    private final Mover mover;

    /** Renames one path; a test breaks off here. */
    @FunctionalInterface
    interface Mover {
        void move(Path from, Path to) throws IOException;
    }

    FolderSwap(Path shared, RunMark run) {
        this(shared, run, (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    FolderSwap(Path shared, RunMark run, Mover mover) {
        Names names = Names.of(run);
        this.shared = shared;
        this.incoming = shared.resolve(names.incoming());
        this.part = shared.resolve(names.part());
        this.outgoing = shared.resolve(names.outgoing());
        this.old = shared.resolve(names.old());
        this.making = shared.resolve(names.making());
        this.dropping = shared.resolve(names.dropping());
        this.kept = shared.resolve(names.kept());
        this.mover = mover;
    }

    @Override
    public SwapState state() {
        return Swap.state(exists(incoming), exists(outgoing), exists(old));
    }

    @Override
    public void swapIn() {
        changing(() -> {
            SwapState state = state();
            if (state == SwapState.ABSENT || (state == SwapState.MOVING_OUT && !exists(incoming))) {
                throw new StepFailure.Failed(
                        "nothing is unpacked in " + incoming + ", so nothing can be swapped in", "Repeat the restore.");
            }
            if (state == SwapState.STAGED) {
                make(outgoing, shared);
            }
            if (exists(outgoing)) {
                moveAll(shared, outgoing);
                rename(outgoing, old);
            }
            if (exists(incoming)) {
                moveAll(incoming, shared);
                copyOwnerAndMode(shared, incoming);
                Trees.delete(incoming);
            }
        });
    }

    @Override
    public void swapBack() {
        changing(() -> {
            if (state() == SwapState.SWAPPED) {
                make(incoming, shared);
            }
            if (state() == SwapState.MOVING_IN) {
                moveAll(shared, incoming);
                copyOwnerAndMode(shared, old);
                rename(old, outgoing);
            }
            if (state() == SwapState.MOVING_OUT) {
                moveAll(outgoing, shared);
                Files.delete(outgoing);
            }
        });
    }

    @Override
    public List<String> immovable() {
        try {
            MountPoints mounts = MountPoints.ofThisMachine();
            List<String> found = new ArrayList<>();
            for (Path path : entries(shared)) {
                if (mounts.has(path)) {
                    found.add(path.getFileName() + " is a mount of its own");
                } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(path)) {
                    found.add(path.getFileName() + " cannot be moved, since this process may not write it");
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw FileFailures.reading(shared, unreadable);
        }
    }

    @Override
    public List<String> inTheWay(SegmentFiles coming) {
        return FolderObstacles.in(shared, coming);
    }

    @Override
    public void mergeIn() {
        changing(() -> new FolderMerge(shared, incoming, mover).keepingIn(kept));
    }

    @Override
    public void putKeptBack() {
        changing(() -> new FolderMerge(shared, kept, mover).keepingNothing());
    }

    @Override
    public void dropOld() {
        drop(old);
        changing(() -> Trees.delete(kept));
    }

    @Override
    public void dropNew() {
        drop(incoming);
        changing(() -> Trees.delete(part));
    }

    private void drop(Path folder) {
        SwapState state = state();
        if (state == SwapState.MOVING_IN || state == SwapState.MOVING_OUT) {
            throw new StepFailure.Failed(
                    "the swap in " + shared + " is not complete, so nothing of it may be deleted",
                    "Complete it or undo it first: dolmen recover.");
        }
        changing(() -> {
            Trees.delete(dropping);
            if (exists(folder)) {
                // half of a deleted folder must not look like a whole one
                mover.move(folder, dropping);
                Trees.delete(dropping);
            }
        });
    }

    private void make(Path folder, Path model) throws IOException {
        Trees.delete(making);
        Files.createDirectory(making);
        copyOwnerAndMode(making, model);
        rename(making, folder);
    }

    static void copyOwnerAndMode(Path folder, Path model) throws IOException {
        try {
            MemberAttributes.of(model).applyOwnerAndMode(folder);
        } catch (FileSystemException refused) {
            // without root; the content matters more than the owner of the folder around it
            LOG.warn("{} could not get the owner and mode of {}: {}", folder, model, refused.getMessage());
        }
    }

    private void moveAll(Path from, Path to) throws IOException {
        for (Path path : entries(from)) {
            Path target = to.resolve(path.getFileName());
            if (exists(target)) {
                throw new StepFailure.Failed(
                        target + " is in the way of a swap",
                        "Something still writes into the shared folder: stop the services, and repeat.");
            }
            mover.move(path, target);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(
                folder, path -> !path.getFileName().toString().startsWith(LocalDeepStorage.OWN))) {
            names.forEach(entries::add);
        }
        return entries;
    }

    /** What was moved before is on the disk before the name changes that says so. */
    private void rename(Path from, Path to) throws IOException {
        PartFile.syncFolder(from);
        PartFile.syncFolder(shared);
        mover.move(from, to);
        PartFile.syncFolder(shared);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void changing(Change change) {
        try {
            change.run();
            Trees.delete(making);
            PartFile.syncFolder(shared);
        } catch (IOException refused) {
            throw FileFailures.writing(shared, refused);
        }
    }

    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }
}
