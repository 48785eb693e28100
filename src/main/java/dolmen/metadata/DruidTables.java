package dolmen.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.PastRows;
import dolmen.model.StoredSupervisor.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Druid's tables in one database of the server, the live one or one beside it: reads what they hold beside segments and
 * which segments are used, clears what belongs to the past, and suspends supervisors. A table of another shape than Druid's is left alone,
 * and noted.
 */
public final class DruidTables {
    private final PostgresClient client;
    private final String database;
    private final Map<DruidTable, TableShape> tables = new EnumMap<>(DruidTable.class);
    private final List<String> notes = new ArrayList<>();

    DruidTables(PostgresClient client, String database) {
        this.client = client;
        this.database = database;
        List<TableShape> all = TableShape.of(client, database);
        Optional<TableShape> segments = all.stream()
                .filter(table -> DruidTable.of(table.table()).equals(Optional.of(DruidTable.SEGMENTS)))
                .filter(table -> DruidTable.SEGMENTS.fits(table.columns()))
                .findFirst();
        segments.ifPresent(found -> all.stream()
                .filter(table -> table.schema().equals(found.schema()))
                .forEach(table -> take(table, DruidTable.SEGMENTS.base(found.table()))));
    }

    private void take(TableShape table, String base) {
        Optional<DruidTable> kind = DruidTable.of(table.table())
                .filter(known -> known.base(table.table()).equals(base));
        if (kind.isEmpty()) {
            return;
        }
        if (kind.get().fits(table.columns())) {
            tables.put(kind.get(), table);
        } else {
            notes.add(table.name() + " has other columns than Druid gives it and is left as it is");
        }
    }

    /** Streams the datasource and the id of every used segment. */
    public void usedSegments(BiConsumer<String, String> consumer) {
        if (tables.containsKey(DruidTable.SEGMENTS)) {
            String query = "SELECT datasource, id FROM " + sql(DruidTable.SEGMENTS) + " WHERE used";
            client.stream(database, query, row -> segment(row, consumer));
        }
    }

    private static void segment(byte[] row, BiConsumer<String, String> consumer) {
        int tab = 0;
        while (row[tab] != '\t') {
            tab++;
        }
        consumer.accept(
                new String(CopyText.unescape(row, 0, tab), StandardCharsets.UTF_8),
                new String(CopyText.unescape(row, tab + 1, row.length), StandardCharsets.UTF_8));
    }

    /** What the tables hold beside segments. */
    public MetadataContents contents() {
        ContentsDraft draft = new ContentsDraft();
        notes.forEach(draft::note);
        draft.activeTasks(count(DruidTable.TASKS, " WHERE active"));
        draft.taskLocks(count(DruidTable.TASK_LOCKS, ""));
        draft.pendingSegments(count(DruidTable.PENDING_SEGMENTS, ""));
        rows(
                        DruidTable.SUPERVISORS,
                        "SELECT DISTINCT ON (spec_id) json_build_array(id, spec_id, encode(payload, 'hex'))")
                .forEach(row -> draft.supervisor(row.get(0).asLong(), row.get(1).asText(), bytes(row.get(2))));
        rows(DruidTable.DATASOURCES, "SELECT json_build_array(datasource, encode(commit_metadata_payload, 'hex'))")
                .forEach(row -> draft.offsets(row.get(0).asText(), bytes(row.get(1))));
        rows(DruidTable.RULES, "SELECT json_build_array(version, datasource, encode(payload, 'hex'))")
                .forEach(row -> draft.rules(row.get(0).asText(), row.get(1).asText(), bytes(row.get(2))));
        return draft.contents();
    }

    /**
     * Deletes active tasks, task locks and pending segments from this database, into which that dump was loaded. Says
     * how many rows of the dump are not there any more, so that it may be repeated.
     */
    public PastRows clearPast(DumpSummary dump) {
        List<String> deletions = new ArrayList<>();
        for (DruidTable table : List.of(DruidTable.TASK_LOCKS, DruidTable.PENDING_SEGMENTS, DruidTable.TASKS)) {
            if (tables.containsKey(table)) {
                deletions.add("DELETE FROM " + sql(table) + (table == DruidTable.TASKS ? " WHERE active" : ""));
            }
        }
        if (!deletions.isEmpty()) {
            client.query(database, String.join("; ", deletions));
        }
        return new PastRows(
                gone(DruidTable.TASKS, dump),
                gone(DruidTable.TASK_LOCKS, dump),
                gone(DruidTable.PENDING_SEGMENTS, dump));
    }

    private long gone(DruidTable table, DumpSummary dump) {
        return tables.containsKey(table)
                ? dump.rows().getOrDefault(tables.get(table).name(), 0L) - count(table, "")
                : 0;
    }

    /** Suspends every supervisor that would run; returns their ids. Repeatable. */
    public SortedSet<String> suspendSupervisors() {
        SortedSet<String> running = new TreeSet<>();
        contents().supervisors().values().stream()
                .filter(supervisor -> supervisor.state() == State.RUNNING)
                .forEach(supervisor -> running.add(supervisor.id()));
        if (!running.isEmpty()) {
            new Suspension(client, database, tables.get(DruidTable.SUPERVISORS)).suspend(running);
        }
        return running;
    }

    private List<JsonNode> rows(DruidTable table, String select) {
        if (!tables.containsKey(table)) {
            return List.of();
        }
        String order = table == DruidTable.SUPERVISORS ? " ORDER BY spec_id, id DESC" : "";
        return client.query(database, select + " FROM " + sql(table) + order);
    }

    private static byte[] bytes(JsonNode hex) {
        return hex.isNull() ? new byte[0] : HexFormat.of().parseHex(hex.asText());
    }

    private long count(DruidTable table, String where) {
        if (!tables.containsKey(table)) {
            return 0;
        }
        return client.query(database, "SELECT to_json(count(*)) FROM " + sql(table) + where)
                .get(0)
                .longValue();
    }

    private String sql(DruidTable table) {
        return tables.get(table).sql();
    }
}
