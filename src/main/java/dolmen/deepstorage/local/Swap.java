package dolmen.deepstorage.local;

import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SwapState;
import dolmen.model.RunMark;
import java.util.List;

/**
 * Exchanges the content of the shared folder with what was unpacked beside it, on the same volume, by renames alone. Every
 * operation may be repeated, and from any state in which a killed process left the folder it is completed ({@link
 * #swapIn}) or undone ({@link #swapBack}). The state lies in the names of folders, which change by one rename each:
 * {@code .dolmen-new-RUN} is what comes in; {@code .dolmen-out-RUN} collects what goes out and becomes {@code
 * .dolmen-old-RUN} when all of it is there. Owner and mode of the shared folder itself are exchanged too.
 */
interface Swap {
    /** As many of them are named where many are in the way. */
    int NAMED = 5;

    /** What no rename of {@link #swapIn} would move: names at the top of the shared folder, and why. Changes nothing. */
    List<String> immovable();

    /**
     * What stands where these files are to come, so that {@link #mergeIn} would refuse them: names relative to the shared folder,
     * and what is there. The files are named as that, too. Changes nothing.
     */
    List<String> inTheWay(SegmentFiles coming);

    /**
     * Moves every unpacked file to its place, and nothing away; nothing when nothing is unpacked. One that is there with
     * other bytes is kept in {@code .dolmen-kept-RUN}. What was not there before may stay: Druid looks at no file that its
     * metadata does not name.
     */
    void mergeIn();

    /** Puts what {@link #mergeIn} kept back into its place; nothing when nothing is kept. */
    void putKeptBack();

    /** What stands now. */
    SwapState state();

    /** Moves the old content aside and the new one into place. Throws {@code Failed} when nothing is staged. */
    void swapIn();

    /** Puts the old content back and the new one aside again; nothing when it was never swapped. */
    void swapBack();

    /** Deletes the old content, and what was kept. Throws {@code Failed} in the middle of a swap. */
    void dropOld();

    /** Deletes the new content, and what is left of an unfinished unpacking. Throws {@code Failed} in the middle of a swap. */
    void dropNew();

    /** The names that a run's folders have at the top of the shared folder. */
    record Names(
            String incoming, String part, String outgoing, String old, String making, String dropping, String kept) {
        static Names of(RunMark run) {
            return new Names(
                    LocalDeepStorage.OWN + "new-" + run,
                    LocalDeepStorage.OWN + "part-" + run,
                    LocalDeepStorage.OWN + "out-" + run,
                    LocalDeepStorage.OWN + "old-" + run,
                    LocalDeepStorage.OWN + "make-" + run,
                    LocalDeepStorage.OWN + "drop-" + run,
                    LocalDeepStorage.OWN + "kept-" + run);
        }
    }

    /** What the present folders say. */
    static SwapState state(boolean incoming, boolean outgoing, boolean old) {
        if (outgoing) {
            return SwapState.MOVING_OUT;
        }
        if (old) {
            return incoming ? SwapState.MOVING_IN : SwapState.SWAPPED;
        }
        return incoming ? SwapState.STAGED : SwapState.ABSENT;
    }
}
