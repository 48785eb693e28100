package dolmen.metadata.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.metadata.SegmentPayload;
import dolmen.model.Json;
import dolmen.model.RunMark;
import dolmen.model.SegmentEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The rows of one database; of tasks, their locks and pending segments the datasource alone, of other tables how many they are. */
record MemoryRows(
        TreeMap<String, Segment> segments,
        ArrayList<Rule> rules,
        ArrayList<Spec> supervisors,
        TreeMap<String, String> offsets,
        ArrayList<String> tasks,
        ArrayList<String> locks,
        ArrayList<String> pending,
        TreeMap<String, Long> foreign,
        TreeMap<RunMark, Kept> kept) {
    record Segment(String id, String datasource, String created, boolean used, String payload) {
        SegmentEntry entry() {
            return SegmentPayload.entry(id, datasource, payload.getBytes(StandardCharsets.UTF_8));
        }

        Segment unused() {
            return new Segment(id, datasource, created, false, payload);
        }

        /** Whether it is the row of one and the same segment, used or not. */
        boolean isOf(Segment other) {
            return id.equals(other.id) && created.equals(other.created) && payload.equals(other.payload);
        }
    }

    record Rule(String datasource, String version, String payload) {}

    record Spec(String id, String payload) {}

    /** What a run keeps of the datasources that it replaces. */
    record Kept(
            SortedSet<String> names,
            List<Rule> brought,
            boolean done,
            List<Segment> was,
            List<Segment> now,
            SortedMap<String, String> offsets,
            List<String> pending) {}

    static MemoryRows empty() {
        return new MemoryRows(
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    String json() {
        try {
            return Json.MAPPER.writeValueAsString(new MemoryRows(
                    segments, rules, supervisors, offsets, tasks, locks, pending, foreign, new TreeMap<>()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static MemoryRows read(String json) {
        try {
            return Json.MAPPER.readValue(json, MemoryRows.class);
        } catch (JsonProcessingException cut) {
            throw new IllegalArgumentException(cut);
        }
    }

    void forEachUsed(Consumer<Segment> consumer) {
        segments.values().stream().filter(Segment::used).forEach(consumer);
    }

    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>(foreign);
        counts.put("druid_segments", (long) segments.size());
        counts.put("druid_rules", (long) rules.size());
        counts.put("druid_supervisors", (long) supervisors.size());
        counts.put("druid_datasource", (long) offsets.size());
        counts.put("druid_tasks", (long) tasks.size());
        counts.put("druid_tasklocks", (long) locks.size());
        counts.put("druid_pendingsegments", (long) pending.size());
        return counts;
    }
}
