package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dolmen.model.Shard;
import java.time.Instant;
import java.util.BitSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which segments newer ones overshadow: one example for each part of the rule. */
@Tag("T52")
class TimelineTest {
    private static final String DAY = "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z";
    private static final String NEXT_DAY = "2024-03-02T00:00:00.000Z/2024-03-03T00:00:00.000Z";
    private static final String BOTH_DAYS = "2024-03-01T00:00:00.000Z/2024-03-03T00:00:00.000Z";
    private static final String ALL_TIMES = "-146136543-09-08T08:23:32.096Z/146140482-04-24T15:36:27.903Z";

    private final Timeline timeline = new Timeline();

    private void add(String interval, String version, String shardSpec) {
        timeline.add(
                interval,
                version,
                Shard.of(shardSpec.isEmpty() ? MissingNode.getInstance() : Stacks.tree(shardSpec.replace('\'', '"'))));
    }

    private void numbered(String interval, String version, int number, int of) {
        add(interval, version, "{'type':'numbered','partitionNum':" + number + ",'partitions':" + of + "}");
    }

    private void replacing(int id, int from, int to, int minor, int size) {
        add(
                DAY,
                "v1",
                "{'type':'numbered_overwrite','partitionId':" + (32768 + id) + ",'startRootPartitionId':" + from
                        + ",'endRootPartitionId':" + to + ",'minorVersion':" + minor + ",'atomicUpdateGroupSize':"
                        + size + "}");
    }

    private void overshadowed(int... places) {
        BitSet expected = new BitSet();
        for (int place : places) {
            expected.set(place);
        }
        assertThat(timeline.overshadowed()).isEqualTo(expected);
    }

    @Test
    void a_higher_version_of_the_same_interval_overshadows_and_the_highest_stays() {
        numbered(DAY, "v2", 0, 1);
        numbered(DAY, "v1", 0, 2);
        numbered(DAY, "v1", 1, 2);
        numbered(DAY, "v3", 0, 1);
        overshadowed(0, 1, 2);
    }

    @Test
    void a_wider_interval_overshadows_and_a_narrower_one_does_not() {
        numbered(DAY, "v1", 0, 1);
        numbered(BOTH_DAYS, "v2", 0, 1);
        numbered(NEXT_DAY, "v3", 0, 1);
        overshadowed(0);
    }

    @Test
    void newer_intervals_overshadow_together_when_they_leave_no_gap() {
        numbered(BOTH_DAYS, "v1", 0, 1);
        numbered(DAY, "v2", 0, 1);
        overshadowed();
        numbered(NEXT_DAY, "v3", 0, 1);
        overshadowed(0);
    }

    @Test
    void a_newer_version_without_all_its_core_partitions_overshadows_nothing() {
        numbered(DAY, "v1", 0, 1);
        numbered(DAY, "v2", 0, 3);
        numbered(DAY, "v2", 2, 3);
        overshadowed();
        numbered(DAY, "v2", 1, 3);
        overshadowed(0);
    }

    @Test
    void an_incomplete_version_is_itself_overshadowed() {
        numbered(DAY, "v1", 1, 3);
        numbered(DAY, "v2", 0, 1);
        overshadowed(0);
    }

    @Test
    void appended_partitions_are_no_core_and_streams_have_none() {
        numbered(DAY, "v1", 0, 1);
        numbered(DAY, "v2", 7, 0);
        overshadowed(0);
    }

    @Test
    void hashed_and_ranged_partitions_are_counted_and_old_ranges_must_follow_each_other() {
        numbered(BOTH_DAYS, "v1", 0, 1);
        add(DAY, "v2", "{'type':'hashed','partitionNum':0,'partitions':1,'partitionDimensions':[]}");
        add(NEXT_DAY, "v2", "{'type':'single','dimension':'a','start':null,'end':'m','partitionNum':0}");
        add(NEXT_DAY, "v2", "{'type':'single','dimension':'a','start':'n','end':null,'partitionNum':2}");
        overshadowed();
        add(NEXT_DAY, "v2", "{'type':'single','dimension':'a','start':'m','end':'n','partitionNum':1}");
        overshadowed(0);
        add(BOTH_DAYS, "v3", "{'type':'range','dimensions':['a'],'partitionNum':0,'numCorePartitions':2}");
        overshadowed(0);
        add(BOTH_DAYS, "v3", "{'type':'range','dimensions':['a'],'partitionNum':1,'numCorePartitions':2}");
        overshadowed(0, 1, 2, 3, 4);
    }

    @Test
    void tombstones_and_segments_of_all_times_overshadow_and_no_shard_spec_is_one_partition() {
        add(DAY, "v1", "");
        numbered(NEXT_DAY, "v1", 0, 1);
        add(DAY, "v2", "{'type':'tombstone','partitionNum':0,'partitions':1}");
        overshadowed(0);
        add(ALL_TIMES, "v3", "{'type':'tombstone','partitionNum':0,'partitions':1}");
        overshadowed(0, 1, 2);
    }

    @Test
    @Timeout(60)
    void many_partitions_of_one_interval_and_many_intervals_take_no_longer_than_they_must() {
        for (int number = 0; number < 200_000; number++) {
            timeline.add(DAY, "v2", Shard.counted(number, 0));
        }
        Instant begin = Instant.parse("2024-03-03T00:00:00Z");
        for (int minute = 0; minute < 50_000; minute++) {
            Instant from = begin.plusSeconds(minute * 60L);
            timeline.add(from + "/" + from.plusSeconds(60), "v" + minute, Shard.counted(0, 1));
        }
        assertThat(timeline.overshadowed().isEmpty()).isTrue();
    }

    @Test
    void what_cannot_be_read_hides_nothing() {
        numbered(DAY, "v1", 0, 1);
        numbered("a/b", "v2", 0, 1);
        add(DAY, "v3", "{'type':'of_a_later_druid','partitionNum':0}");
        overshadowed();
    }

    @Test
    void a_minor_version_overshadows_the_partitions_that_it_replaces_when_its_group_is_whole() {
        numbered(DAY, "v1", 0, 3);
        numbered(DAY, "v1", 1, 3);
        numbered(DAY, "v1", 2, 3);
        replacing(0, 0, 2, 1, 2);
        overshadowed();
        replacing(1, 0, 2, 1, 2);
        overshadowed(0, 1);
        replacing(2, 0, 3, 2, 1);
        overshadowed(0, 1, 2, 3, 4);
    }

    @Test
    void a_minor_version_of_which_a_segment_lacks_makes_the_whole_incomplete_when_nothing_stands_in_for_it() {
        numbered(BOTH_DAYS, "v0", 0, 1);
        numbered(DAY, "v1", 0, 2);
        replacing(0, 0, 2, 1, 2);
        numbered(NEXT_DAY, "v1", 0, 1);
        overshadowed();
        numbered(DAY, "v1", 1, 2);
        overshadowed(0);
    }
}
