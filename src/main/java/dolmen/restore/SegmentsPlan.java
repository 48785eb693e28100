package dolmen.restore;

import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.util.Collection;
import java.util.Set;

/** What becomes of the segments: files and room, used segments by datasource, and what load rules would throw away. */
public final class SegmentsPlan implements PlanPart {
    private static final int NAMED = 20;

    private final DeepStorage storage;
    private final Set<String> stopped;

    /** {@code stopped} are the services that a restore stops before the segments are exchanged. */
    public SegmentsPlan(DeepStorage storage, Collection<String> stopped) {
        this.stopped = Set.copyOf(stopped);
        this.storage = storage;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        draft.group("segments");
        new RoomPlan(storage, "replace the content of", "the segments").add(restore, draft);
        target.foreign()
                .forEach((prefix, count) ->
                        draft.refuse(count + " used segments lie in " + prefix + ", the shared folder of this stack is "
                                + storage.paths().root()));
        storage.checkCaches(stopped);
        SegmentPlacement placement = storage.placement(restore.run().mark());
        placement.check(BackupTar.of(restore.source()).file());
        placement
                .immovable()
                .forEach(what -> draft.refuse("in deep storage " + what + ", so it cannot be exchanged by renames"));
        datasources(target, draft);
        RulesPlan.add(target.forecast(), draft);
        if (restore.choice().loadAll()) {
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
