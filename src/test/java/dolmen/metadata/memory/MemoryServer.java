package dolmen.metadata.memory;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidRows;
import dolmen.metadata.SegmentJson;
import dolmen.metadata.memory.MemoryRows.Rule;
import dolmen.metadata.memory.MemoryRows.Segment;
import dolmen.metadata.memory.MemoryRows.Spec;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Databases by their names, and Druid, which writes into the first of them. */
public final class MemoryServer implements DruidRows {
    private static final String LIVE = "druid";

    private final SortedMap<String, MemoryRows> databases = new TreeMap<>();

    public MemoryServer() {
        databases.put(LIVE, MemoryRows.empty());
    }

    public DruidMetadata store() {
        return new MemoryMetadata(this, LIVE);
    }

    SortedSet<String> names() {
        return new TreeSet<>(databases.keySet());
    }

    MemoryRows rows(String database) {
        return databases.get(database);
    }

    void put(String database, MemoryRows rows) {
        databases.put(database, rows);
    }

    void drop(String database) {
        databases.remove(database);
    }

    void rename(String from, String to) {
        databases.put(to, databases.remove(from));
    }

    private MemoryRows live() {
        return rows(LIVE);
    }

    @Override
    public void segment(String id, String datasource, Instant created, long size) {
        segment(id, datasource, created, SegmentJson.of(id, datasource, size));
    }

    /** A used segment with this payload. */
    public void segment(String id, String datasource, Instant created, String payload) {
        live().segments().put(id, new Segment(id, datasource, created.toString(), true, payload));
    }

    @Override
    public void markUnused(String id) {
        live().segments().computeIfPresent(id, (same, segment) -> segment.unused());
    }

    @Override
    public void kill(String id) {
        live().segments().remove(id);
    }

    @Override
    public void rules(String datasource, String version, String json) {
        live().rules().add(new Rule(datasource, version, json));
    }

    @Override
    public void supervisor(String id, String json) {
        live().supervisors().add(new Spec(id, json));
    }

    @Override
    public void offsets(String datasource, String json) {
        live().offsets().put(datasource, json);
    }

    @Override
    public void task(String datasource) {
        live().tasks().add(datasource);
        live().locks().add(datasource);
        live().pending().add(datasource);
    }

    @Override
    public void foreignTable(String name, int rows) {
        live().foreign().put(name, (long) rows);
    }

    @Override
    public void dropLive() {
        drop(LIVE);
    }
}
