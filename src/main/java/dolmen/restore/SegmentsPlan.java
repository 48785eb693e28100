package dolmen.restore;

import dolmen.deepstorage.local.SegmentRestore;
import dolmen.model.RestoreRun;
import dolmen.model.Size;

/** What becomes of the segments: files and room, used segments by datasource, and what load rules would throw away. */
public final class SegmentsPlan implements PlanPart {
    private static final int NAMED = 20;

    private final SegmentRestore segments;
    private final String sharedPath;

    public SegmentsPlan(SegmentRestore segments, String sharedPath) {
        this.segments = segments;
        this.sharedPath = sharedPath;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft) {
        draft.group("segments");
        long free = segments.freeBytes();
        long needed = restore.source().bytes();
        draft.fact(restore.source().files() + " files, " + Size.words(needed) + ", replace the content of " + sharedPath
                + "; its volume has " + Size.words(free) + " free");
        if (free < needed + RestorePlanner.SPARE) {
            draft.refuse(
                    "the shared volume has " + Size.words(free) + " free, the segments need " + Size.words(needed));
        }
        target.foreign()
                .forEach((prefix, count) -> draft.refuse(count + " used segments lie in " + prefix
                        + ", the shared folder of this stack is " + sharedPath));
        segments.checkCaches();
        datasources(target, draft);
        RulesPlan.add(target.forecast(), draft);
        if (restore.run().request().loadAll()) {
            RulesPlan.keptAside(
                    target.backup().rules(), restore.dump().datasources().keySet(), draft);
        }
        target.sets().lines().forEach(line -> draft.note("warning: " + line));
    }

    private static void datasources(Target target, PlanDraft draft) {
        target.segments().entrySet().stream()
                .limit(NAMED)
                .forEach(entry -> draft.fact(
                        entry.getKey() + ": used segments " + entry.getValue().words()));
        int more = target.segments().size() - NAMED;
        if (more > 0) {
            draft.fact("and " + more + " more datasources");
        }
        target.segments()
                .forEach((datasource, change) -> change.losses(datasource).forEach(draft::lose));
    }
}
