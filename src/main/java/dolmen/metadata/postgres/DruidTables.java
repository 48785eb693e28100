package dolmen.metadata.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.database.postgres.CopyText;
import dolmen.database.postgres.Databases;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.RowCount;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.ContentsDraft;
import dolmen.metadata.DruidTable;
import dolmen.metadata.DruidTable.Content;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.LoadRules;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrints;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.TaskRows;
import dolmen.model.UsedSegments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Druid's tables in one database of the server. */
final class DruidTables implements MetadataDatabase {
    private static final Map<Content, String> TYPES = Map.of(Content.FLAG, "boolean", Content.BYTES, "bytea");

    /** A supervisor's newest spec: the row with the highest id. */
    private static final String LATEST_SPECS =
            "WHERE NOT EXISTS (SELECT 1 FROM %s AS newer WHERE newer.spec_id = t.spec_id AND newer.id > t.id)";

    private final PostgresClient client;
    private final String database;
    private final Map<DruidTable, TableShape> tables = new EnumMap<>(DruidTable.class);
    private final List<String> notes = new ArrayList<>();
    private boolean searched;

    DruidTables(PostgresClient client, String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public String name() {
        return database;
    }

    @Override
    public boolean exists() {
        return new Databases(client, database).names().contains(database);
    }

    @Override
    public SortedMap<String, OptionalLong> rows() {
        return new RowCount(client).readable(database);
    }

    @Override
    public ForeignObjects foreign() {
        return new DatabaseObjects(client, database).read();
    }

    /** Whether a table has the columns that are needed, of the types that Druid gives them in PostgreSQL. */
    static boolean fits(DruidTable kind, TableShape table) {
        return kind.fits((name, content) -> {
            String type = table.columns().get(name);
            return type != null && (content == Content.ANY || type.equals(TYPES.get(content)));
        });
    }

    /** The tables that are shaped as Druid shapes them. */
    Map<DruidTable, TableShape> shapes() {
        if (!searched) {
            find();
            searched = true;
        }
        return Collections.unmodifiableMap(tables);
    }

    /** Druid's tables are in the schema of its table of segments, and their names begin as that one's. */
    private void find() {
        List<TableShape> all = TableShape.of(client, database);
        Optional<TableShape> segments = all.stream()
                .filter(table -> DruidTable.of(table.table()).equals(Optional.of(DruidTable.SEGMENTS)))
                .filter(table -> fits(DruidTable.SEGMENTS, table))
                .findFirst();
        segments.ifPresent(druids -> all.stream()
                .filter(table -> table.schema().equals(druids.schema()))
                .forEach(table -> take(table, DruidTable.SEGMENTS.base(druids.table()))));
    }

    private void take(TableShape table, String base) {
        Optional<DruidTable> kind = DruidTable.of(table.table())
                .filter(known -> known.base(table.table()).equals(base));
        if (kind.isEmpty()) {
            return;
        }
        if (fits(kind.get(), table)) {
            tables.put(kind.get(), table);
        } else {
            notes.add(table.name() + " has other columns than Druid gives it and is left as it is");
        }
    }

    @Override
    public SegmentPrints prints() {
        return consumer -> {
            if (shapes().containsKey(DruidTable.SEGMENTS)) {
                LivePrints.of(client, database, shapes().get(DruidTable.SEGMENTS))
                        .forEach(consumer);
            }
        };
    }

    @Override
    public long countUsed() {
        return shapes().containsKey(DruidTable.SEGMENTS)
                ? client.query(database, "SELECT to_json(count(*)) FROM " + sql(DruidTable.SEGMENTS) + " WHERE used")
                        .get(0)
                        .longValue()
                : 0;
    }

    @Override
    public void usedSegments(BiConsumer<String, String> consumer) {
        if (shapes().containsKey(DruidTable.SEGMENTS)) {
            String query = "SELECT datasource, id FROM " + sql(DruidTable.SEGMENTS) + " WHERE used";
            client.stream(database, query, row -> segment(row, consumer));
        }
    }

    @Override
    public void unusedSegments(Collection<String> datasources, Consumer<String> ids) {
        if (shapes().containsKey(DruidTable.SEGMENTS) && !datasources.isEmpty()) {
            String names = datasources.stream().map(Sql::literal).collect(Collectors.joining(","));
            String query = "SELECT datasource, id FROM " + sql(DruidTable.SEGMENTS)
                    + " WHERE NOT used AND datasource IN (" + names + ")";
            client.stream(database, query, row -> segment(row, (datasource, id) -> ids.accept(id)));
        }
    }

    @Override
    public UsedSegments usedSegments() {
        return consumer -> segments("WHERE used", consumer);
    }

    @Override
    public UsedSegments allSegments() {
        return consumer -> segments("", consumer);
    }

    private void segments(String which, Consumer<SegmentEntry> consumer) {
        if (!shapes().containsKey(DruidTable.SEGMENTS)) {
            return;
        }
        SegmentRows.stream(client, database, sql(DruidTable.SEGMENTS) + " " + which, consumer);
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

    @Override
    public MetadataContents contents() {
        ContentsDraft draft = new ContentsDraft();
        shapes();
        notes.forEach(draft::note);
        List<String> selects = new ArrayList<>();
        select(selects, DruidTable.TASKS, "count(*)", "WHERE active");
        select(selects, DruidTable.TASK_LOCKS, "count(*)", "");
        select(selects, DruidTable.PENDING_SEGMENTS, "count(*)", "");
        select(selects, DruidTable.SUPERVISORS, "id, spec_id, encode(payload, 'hex')", LATEST_SPECS);
        select(selects, DruidTable.DATASOURCES, "datasource, encode(commit_metadata_payload, 'hex')", "");
        select(selects, DruidTable.RULES, "version, datasource, encode(payload, 'hex')", "");
        select(selects, DruidTable.CONFIG, "name, encode(payload, 'hex')", "");
        if (!selects.isEmpty()) {
            client.stream(database, String.join(" UNION ALL ", selects), row -> take(json(row), draft));
        }
        return draft.contents();
    }

    private void select(List<String> selects, DruidTable table, String fields, String where) {
        if (shapes().containsKey(table)) {
            selects.add("SELECT json_build_array('" + table.name() + "', " + fields + ") FROM " + sql(table) + " AS t "
                    + where.formatted(sql(table)));
        }
    }

    private static JsonNode json(byte[] row) {
        return PostgresClient.json(new String(CopyText.unescape(row, 0, row.length), StandardCharsets.UTF_8));
    }

    private static void take(JsonNode row, ContentsDraft draft) {
        switch (DruidTable.valueOf(row.get(0).asText())) {
            case TASKS -> draft.activeTasks(row.get(1).asLong());
            case TASK_LOCKS -> draft.taskLocks(row.get(1).asLong());
            case PENDING_SEGMENTS -> draft.pendingSegments(row.get(1).asLong());
            case SUPERVISORS -> draft.supervisor(row.get(1).asLong(), row.get(2).asText(), bytes(row.get(3)));
            case DATASOURCES -> draft.offsets(row.get(1).asText(), bytes(row.get(2)));
            case RULES -> draft.rules(row.get(1).asText(), row.get(2).asText(), bytes(row.get(3)));
            case CONFIG -> draft.configuration(row.get(1).asText(), bytes(row.get(2)));
            default -> throw new IllegalStateException("nothing is read of " + row.get(0));
        }
    }

    @Override
    public TaskRows resetTasks(DumpSummary dump) {
        List<String> deletions = new ArrayList<>();
        for (DruidTable table : List.of(DruidTable.TASK_LOCKS, DruidTable.PENDING_SEGMENTS, DruidTable.TASKS)) {
            if (shapes().containsKey(table)) {
                deletions.add("DELETE FROM " + sql(table) + (table == DruidTable.TASKS ? " WHERE active" : ""));
            }
        }
        if (!deletions.isEmpty()) {
            client.query(database, String.join("; ", deletions));
        }
        SortedMap<String, Long> left = new RowCount(client).of(database);
        return new TaskRows(
                gone(DruidTable.TASKS, dump, left),
                gone(DruidTable.TASK_LOCKS, dump, left),
                gone(DruidTable.PENDING_SEGMENTS, dump, left));
    }

    private long gone(DruidTable table, DumpSummary dump, SortedMap<String, Long> left) {
        if (!shapes().containsKey(table)) {
            return 0;
        }
        String name = shapes().get(table).name();
        return dump.rows().getOrDefault(name, 0L) - left.getOrDefault(name, 0L);
    }

    @Override
    public SortedSet<String> suspendSupervisors() {
        SortedSet<String> running = new TreeSet<>();
        contents().supervisors().values().stream()
                .filter(supervisor -> supervisor.state() == State.RUNNING)
                .forEach(supervisor -> running.add(supervisor.id()));
        if (!running.isEmpty()) {
            new Suspension(client, database, shapes().get(DruidTable.SUPERVISORS)).suspend(running);
        }
        return running;
    }

    @Override
    public void give(LoadRules rules, Collection<String> datasources) {
        if (shapes().containsKey(DruidTable.RULES) && !datasources.isEmpty()) {
            String names = datasources.stream().map(Sql::literal).collect(Collectors.joining(","));
            client.query(
                    database,
                    new RuleRows(rules)
                            .insertion(sql(DruidTable.RULES), "SELECT unnest(ARRAY[" + names + "]) AS datasource"));
        }
    }

    private static byte[] bytes(JsonNode hex) {
        return hex.isNull() ? new byte[0] : HexFormat.of().parseHex(hex.asText());
    }

    private String sql(DruidTable table) {
        return shapes().get(table).sql();
    }
}
