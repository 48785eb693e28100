package dolmen.runs;

import dolmen.model.Milestone;
import dolmen.model.StepRecord;
import java.util.Map;

/** The milestones in journals of versions that wrote none: there the names of the steps tell them. */
final class OlderJournals {
    private static final Map<String, Milestone> MILESTONES = Map.ofEntries(
            Map.entry("unpack-segments", Milestone.SIDE_LOADED),
            Map.entry("add-segments", Milestone.SIDE_LOADED),
            Map.entry("stop-services", Milestone.SERVICES_STOPPED),
            Map.entry("stop-for-undo", Milestone.SERVICES_STOPPED),
            Map.entry("swap-segments", Milestone.SEGMENTS_SWAPPED),
            Map.entry("swap-metadata", Milestone.METADATA_SWAPPED),
            Map.entry("swap-metabase", Milestone.METABASE_SWAPPED),
            Map.entry("swap-datasources", Milestone.ROWS_SWAPPED),
            Map.entry("start-services", Milestone.STARTED),
            Map.entry("verify-restore", Milestone.VERIFIED),
            Map.entry("keep-safety-copy", Milestone.KEPT),
            Map.entry("put-back-restore", Milestone.TURNED_BACK),
            Map.entry("swap-back", Milestone.SWAPPED_BACK),
            Map.entry("drop-undone", Milestone.UNDONE),
            Map.entry("publish-backup", Milestone.PUBLISHED));

    private OlderJournals() {}

    /** The record with its milestone, whichever version wrote it. */
    static StepRecord read(StepRecord record) {
        Milestone known = MILESTONES.get(record.step());
        return record.milestone().isPresent() || known == null ? record : record.leadingTo(known);
    }
}
