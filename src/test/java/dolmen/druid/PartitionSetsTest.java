package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which used segments Druid does not serve, since core partitions of their set are missing: one example for each kind. */
@Tag("T41")
class PartitionSetsTest {
    private static final String DAY = "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z";
    private static final String NEXT_DAY = "2024-03-02T00:00:00.000Z/2024-03-03T00:00:00.000Z";
    private static final String BOTH_DAYS = "2024-03-01T00:00:00.000Z/2024-03-03T00:00:00.000Z";
    private static final String ONCE = "2024-03-01T00:00:00Z/2024-03-02T00:00:00Z";

    private final List<SegmentEntry> used = new ArrayList<>();

    private void add(String interval, String version, String shardSpec) {
        Shard shard =
                Shard.of(shardSpec.isEmpty() ? MissingNode.getInstance() : Stacks.tree(shardSpec.replace('\'', '"')));
        used.add(new SegmentEntry("id" + used.size(), "wiki", interval, version, shard, "local", "/opt/shared/x", 1));
    }

    private void numbered(String interval, String version, int number, int of) {
        add(interval, version, "{'type':'numbered','partitionNum':" + number + ",'partitions':" + of + "}");
    }

    private List<String> lines() {
        return PartitionSets.of(used::forEach).lines();
    }

    private void incomplete(String interval, String version, String lacking) {
        assertThat(PartitionSets.of(used::forEach).incomplete())
                .singleElement()
                .satisfies(set -> assertThat(set.words())
                        .startsWith("wiki " + interval + ", version " + version + ": " + lacking));
    }

    private void complete() {
        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "numbered, ''",
        "hashed, ', \"partitionDimensions\":[]'",
        "single, ', \"dimension\":\"page\"'",
        "range, ', \"dimensions\":[\"page\"]'"
    })
    void T41_a_missing_core_partition_is_named_by_its_number(String type, String more) {
        String core = type.equals("numbered") || type.equals("hashed") ? "partitions" : "numCorePartitions";
        for (int number : new int[] {0, 2}) {
            add(DAY, "v1", "{'type':'" + type + "','partitionNum':" + number + ",'" + core + "':3" + more + "}");
        }
        incomplete(ONCE, "v1", "1 of 3 core partitions missing (1), so druid serves none of 2 used segments");
        add(DAY, "v1", "{'type':'" + type + "','partitionNum':1,'" + core + "':3" + more + "}");
        complete();
    }

    @Test
    void T41_partitions_behind_the_core_ones_make_no_set_complete() {
        numbered(DAY, "v1", 0, 2);
        numbered(DAY, "v1", 2, 2);
        numbered(DAY, "v1", 3, 2);
        incomplete(ONCE, "v1", "1 of 2 core partitions missing (1), so druid serves none of 3");
    }

    @Test
    void T41_appended_partitions_without_core_ones_are_complete_by_themselves() {
        numbered(DAY, "v1", 3, 0);
        numbered(DAY, "v1", 7, 0);
        add(NEXT_DAY, "v1", "{'type':'linear','partitionNum':4}");
        complete();
    }

    @Test
    void T41_what_a_complete_newer_version_covers_may_lack_partitions() {
        numbered(DAY, "v1", 1, 2);
        numbered(DAY, "v2", 0, 1);
        complete();
    }

    @Test
    void T41_a_newer_version_that_is_not_complete_is_named_and_the_older_one_below_is_served() {
        numbered(DAY, "v1", 0, 1);
        numbered(DAY, "v2", 0, 2);
        incomplete(ONCE, "v2", "1 of 2 core partitions missing (1)");
    }

    @Test
    void T41_what_newer_versions_cover_in_part_is_named() {
        numbered(BOTH_DAYS, "v1", 0, 2);
        numbered(NEXT_DAY, "v2", 0, 1);
        incomplete("2024-03-01T00:00:00Z/2024-03-03T00:00:00Z", "v1", "1 of 2 core partitions missing (1)");
    }

    @Test
    void T41_ranges_of_values_that_do_not_follow_each_other_are_named() {
        add(DAY, "v1", "{'type':'single','dimension':'page','start':null,'end':'m','partitionNum':0}");
        incomplete(ONCE, "v1", "some of its partitions are missing");
        add(DAY, "v1", "{'type':'single','dimension':'page','start':'m','end':null,'partitionNum':1}");
        complete();
    }

    @Test
    void T41_nothing_is_said_of_kinds_that_do_not_tell_when_they_are_complete() {
        add(DAY, "v1", "{'type':'of tomorrow','partitionNum':4}");
        add(NEXT_DAY, "v1", "");
        complete();
    }

    @Test
    void T41_many_missing_partitions_and_many_sets_are_counted_and_not_all_named() {
        numbered(DAY, "v1", 0, 2_000_000_000);
        incomplete(ONCE, "v1", "1999999999 of 2000000000 core partitions missing (1, 2, 3, 4, 5, ...)");
        for (int day = 10; day < 30; day++) {
            numbered("2024-04-" + day + "T00:00:00.000Z/2024-04-" + day + "T01:00:00.000Z", "v1", 1, 2);
        }
        assertThat(lines()).hasSize(11).last().asString().isEqualTo("11 more partition sets are not complete");
    }
}
