package dolmen.restore;

import dolmen.druid.PartitionSets;
import dolmen.druid.RuleForecast;
import dolmen.metadata.MetadataServer;
import dolmen.model.MetadataContents;
import dolmen.model.StoredSupervisor;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The stack that a restore goes to, as it is now, beside the backup: its database and the server of that, whose each of the two is, what both
 * metadata hold, the rows of the live tables, how used segments differ, what the backup's load specs and load rules mean here,
 * which of its partition sets are not complete, and what goes that is not Druid's.
 */
record Target(
        String database,
        MetadataServer server,
        Passage passage,
        MetadataContents backup,
        MetadataContents live,
        SortedMap<String, OptionalLong> rows,
        SortedMap<String, SegmentChange> segments,
        SortedMap<String, Long> foreign,
        RuleForecast forecast,
        PartitionSets sets,
        List<String> lostForeign) {

    /** True when the live database exists. */
    boolean exists() {
        return server.hasDatabase();
    }

    /** True when the live database has segments that are used, offsets of a stream, or supervisors. */
    boolean holdsData() {
        return !live.offsets().isEmpty()
                || live.supervisors().values().stream().anyMatch(StoredSupervisor::exists)
                || segments.values().stream().anyMatch(change -> change.kept() + change.changed() + change.lost() > 0);
    }
}
