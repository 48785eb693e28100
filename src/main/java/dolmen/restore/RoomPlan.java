package dolmen.restore;

import dolmen.deepstorage.DeepStorage;
import dolmen.model.RestoreRun;
import dolmen.model.Size;
import java.util.OptionalLong;

/**
 * Whether the files of a backup fit into deep storage: {@code deed} says what they do to its content, {@code files} names
 * them where they do not.
 */
record RoomPlan(DeepStorage storage, String deed, String files) {
    void add(RestoreRun restore, PlanDraft draft) {
        add(restore, 0, draft);
    }

    /** Where {@code before} bytes come to the same volume first. */
    void add(RestoreRun restore, long before, PlanDraft draft) {
        OptionalLong free = storage.freeBytes();
        long needed = restore.source().bytes() + before;
        String fact = restore.source().files() + " files, "
                + Size.words(restore.source().bytes()) + ", " + deed + " "
                + storage.paths().root();
        if (free.isEmpty()) {
            draft.fact(fact);
            return;
        }
        draft.fact(fact + "; its volume has " + Size.words(free.getAsLong()) + " free");
        if (free.getAsLong() < needed + RestorePlanner.SPARE) {
            draft.refuse("the shared volume has " + Size.words(free.getAsLong()) + " free, " + files
                    + (before > 0 ? " and what is fetched to the same volume need " : " need ") + Size.words(needed));
        }
    }
}
