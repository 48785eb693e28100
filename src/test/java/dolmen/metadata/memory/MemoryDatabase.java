package dolmen.metadata.memory;

import dolmen.metadata.ForeignObjects;
import dolmen.metadata.LoadRules;
import dolmen.metadata.MetadataDatabase;
import dolmen.metadata.SuspendedSpec;
import dolmen.metadata.memory.MemoryRows.Rule;
import dolmen.metadata.memory.MemoryRows.Spec;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.SegmentPrints;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.TaskRows;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One database of a {@link MemoryServer}. */
record MemoryDatabase(MemoryServer server, String name) implements MetadataDatabase {
    private MemoryRows all() {
        return server.rows(name);
    }

    @Override
    public boolean exists() {
        return server.names().contains(name);
    }

    @Override
    public SortedMap<String, OptionalLong> rows() {
        SortedMap<String, OptionalLong> rows = new TreeMap<>();
        all().counts().forEach((table, count) -> rows.put(table, OptionalLong.of(count)));
        return rows;
    }

    @Override
    public ForeignObjects foreign() {
        return MemoryView.foreign(all(), false);
    }

    @Override
    public MetadataContents contents() {
        return MemoryView.contents(all());
    }

    @Override
    public SegmentPrints prints() {
        return consumer -> MemoryView.prints(all(), consumer);
    }

    @Override
    public long countUsed() {
        long[] count = new long[1];
        all().forEachUsed(segment -> count[0]++);
        return count[0];
    }

    @Override
    public void usedSegments(BiConsumer<String, String> consumer) {
        all().forEachUsed(segment -> consumer.accept(segment.datasource(), segment.id()));
    }

    @Override
    public void unusedSegments(Collection<String> datasources, Consumer<String> ids) {
        all().segments().values().stream()
                .filter(segment -> !segment.used() && datasources.contains(segment.datasource()))
                .forEach(segment -> ids.accept(segment.id()));
    }

    @Override
    public UsedSegments usedSegments() {
        return consumer -> all().forEachUsed(segment -> consumer.accept(segment.entry()));
    }

    @Override
    public UsedSegments allSegments() {
        return consumer -> all().segments().values().forEach(segment -> consumer.accept(segment.entry()));
    }

    @Override
    public TaskRows resetTasks(DumpSummary dump) {
        all().tasks().clear();
        all().locks().clear();
        all().pending().clear();
        return new TaskRows(
                dump.rows().get("druid_tasks"),
                dump.rows().get("druid_tasklocks"),
                dump.rows().get("druid_pendingsegments"));
    }

    @Override
    public SortedSet<String> suspendSupervisors() {
        SortedSet<String> running = new TreeSet<>();
        contents().supervisors().values().stream()
                .filter(supervisor -> supervisor.state() == State.RUNNING)
                .forEach(supervisor -> running.add(supervisor.id()));
        for (Spec spec : List.copyOf(all().supervisors())) {
            if (running.contains(spec.id())) {
                all().supervisors().add(new Spec(spec.id(), suspended(spec.payload())));
            }
        }
        return running;
    }

    private static String suspended(String spec) {
        try {
            return new String(SuspendedSpec.of(MemoryView.bytes(spec)), StandardCharsets.UTF_8);
        } catch (IOException noObject) {
            throw new UncheckedIOException(noObject);
        }
    }

    @Override
    public void give(LoadRules rules, Collection<String> datasources) {
        datasources.forEach(datasource -> given(all(), rules, datasource));
    }

    /** The row of the rules, which is there afterwards. */
    static Rule given(MemoryRows rows, LoadRules rules, String datasource) {
        String now = rules.since().toString();
        String version = rows.rules().stream()
                .filter(rule -> rule.datasource().equals(datasource))
                .filter(rule -> !rule.payload().equals(rules.json()))
                .map(Rule::version)
                .filter(newest -> newest.compareTo(now) >= 0)
                .max(String::compareTo)
                .map(newest -> newest + "0")
                .orElse(now);
        Rule given = new Rule(datasource, version, rules.json());
        if (!rows.rules().contains(given)) {
            rows.rules().add(given);
        }
        return given;
    }
}
