package dolmen.deepstorage;

import dolmen.archive.TarFile;
import dolmen.model.Meter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one restore does to deep storage, in steps each of which may be repeated after any interruption: it stages the files
 * of a backup beside the live ones, swaps both, and drops what is no longer wanted; or it adds files to the live ones. Druid
 * must not write from {@link #swapIn} to {@link #swapBack}.
 */
public interface SegmentPlacement {
    /**
     * Throws {@code Refused} where {@link #stage} would whatever the archive holds, such as for a set transport that does not
     * work here; {@code file} is the archive, where it is one. Changes nothing.
     */
    void check(Optional<Path> file);

    /** The live files that {@link #swapIn} could not put aside, each with its path and why. Changes nothing. */
    List<String> immovable();

    /**
     * What stands where {@link #add} would bring these files to, so that it would refuse them: at least the first of it, each
     * with its path and what it is. The files are named relative to the root, as are those here. Changes nothing.
     */
    List<String> inTheWay(SegmentFiles coming);

    /**
     * Brings in the files of an archive, after all of it was checked, so that Druid does not see them yet; does nothing more
     * when that was done before. The bytes of the archive are announced to the meter as often as it is read. Throws {@code
     * Refused} before anything is written for an archive that must not be unpacked, does not fit, or is of no deep storage.
     */
    Staged stage(TarFile archive, long bytes, Meter meter);

    /**
     * Stages the archive and puts each file into its place beside the live ones; one that is there with other bytes is kept
     * for {@link #putKeptBack}. Nothing goes away, so Druid may run.
     */
    Staged add(TarFile archive, long bytes, Meter meter);

    /** What stands now. */
    SwapState state();

    /** Puts the live files aside and the staged ones in their place, or completes that. {@code Failed}: none is staged. */
    void swapIn();

    /** Puts the old files back, however far the swap came; the new ones are staged again. Nothing when it never began. */
    void swapBack();

    /** Puts back the files that {@link #add} kept; nothing when none is kept. */
    void putKeptBack();

    /** The files that are here as soon as {@link #putKeptBack} is done. */
    SegmentFiles filesOnceKeptAreBack();

    /** Deletes the old files, and those that were kept, for good. Throws {@code Failed} in the middle of a swap. */
    void dropOld();

    /** Deletes the staged files, and what is left of an unfinished staging. Throws {@code Failed} in the middle of a swap. */
    void dropNew();
}
