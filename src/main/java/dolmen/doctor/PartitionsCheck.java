package dolmen.doctor;

import dolmen.druid.PartitionSets;
import java.util.List;

/** Whether the core partitions of every interval that Druid should serve are there. */
final class PartitionsCheck implements Check {
    private final Source source;

    PartitionsCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<String> incomplete =
                PartitionSets.of(source.metadata().live().usedSegments()).lines();
        if (incomplete.isEmpty()) {
            return List.of(Seen.ok("every partition set is complete"));
        }
        return incomplete.stream()
                .map(line -> Seen.warning(
                        line,
                        "Druid's audit log and the coordinator's log tell what marked or removed the others; a backup from"
                                + " before may hold them."))
                .toList();
    }
}
