package dolmen.restore;

import dolmen.archive.FreeSpace;
import dolmen.catalog.RangeFetch;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.model.RestoreRun;
import dolmen.model.Size;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the files of a selection find room here and in deep storage, and a place there that nothing else stands in. */
public final class SelectionPlan {
    private final DeepStorage storage;
    private final SelectedFiles selected;

    public SelectionPlan(DeepStorage storage, SelectedFiles selected) {
        this.storage = storage;
        this.selected = selected;
    }

    void add(RestoreRun restore, PlanDraft draft) {
        long fetched = selected.areFetched(restore) ? fetched(restore, draft) : 0;
        new RoomPlan(storage, "are put into", "the files").add(restore, fetched, draft);
        SegmentPlacement placement = storage.placement(restore.run().mark());
        placement.check(Optional.empty());
        if (restore.source().files() > 0) {
            placement
                    .inTheWay(selected.of(restore).relative())
                    .forEach(what -> draft.refuse(
                            "in deep storage " + what + ": find out what put it there, and move it elsewhere"));
        }
    }

    /** Returns the bytes that take room of deep storage, since the state folder lies on its volume. */
    private long fetched(RestoreRun restore, PlanDraft draft) {
        Path folder = selected.folder(restore.run());
        long needed = RangeFetch.bytes(selected.index(restore.run()));
        long free = FreeSpace.at(folder);
        draft.fact(Size.words(needed) + " of its archives are fetched from the bucket; the state folder has "
                + Size.words(free) + " free");
        if (free < needed + RestorePlanner.SPARE) {
            draft.refuse("the state folder has " + Size.words(free) + " free, what is fetched from the bucket needs "
                    + Size.words(needed) + ": make room there, or set dolmen.state.path");
        }
        return storage.isOnVolumeOf(folder) ? needed : 0;
    }
}
