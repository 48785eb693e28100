package dolmen.metadata.postgres;

import dolmen.database.postgres.Databases;
import dolmen.database.postgres.DumpScanner;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.SideNames;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DatasourceRows;
import dolmen.metadata.DruidTable;
import dolmen.metadata.LoadRules;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import dolmen.model.UsedSegments;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the rows of single datasources in one transaction. What they were is kept by that transaction in tables of the
 * {@link KeptSchema}, so their presence means that the exchange was done.
 */
final class DatasourceSwap implements DatasourceRows {
    private static final Set<DruidTable> TAKEN = EnumSet.of(DruidTable.SEGMENTS, DruidTable.DATASOURCES);
    private static final Set<DruidTable> TRIED =
            EnumSet.of(DruidTable.SEGMENTS, DruidTable.DATASOURCES, DruidTable.RULES);
    private static final Logger LOG = LoggerFactory.getLogger(DatasourceSwap.class);

    private final PostgresClient client;
    private final String live;
    private final KeptSchema schema;
    private final DatasourceRules rules;

    DatasourceSwap(PostgresClient client, String live) {
        this.client = client;
        this.live = live;
        this.schema = new KeptSchema(client, live);
        this.rules = new DatasourceRules(client, live);
    }

    @Override
    public void bringRules(Path dump, SortedSet<String> datasources, RunMark run, Optional<LoadRules> given) {
        rules.bring(dump, datasources, run, given);
    }

    @Override
    public SortedMap<String, String> broughtRules(RunMark run) {
        return rules.brought(run);
    }

    /** Into temporary tables that are as the live ones, without a lock on those. */
    @Override
    public Optional<String> tryOut(Path dump, SortedSet<String> datasources) {
        try {
            Map<DruidTable, TableShape> tables = schema.tables();
            Optional<String> lacking = ExchangeRights.lacking(client, live, tables);
            if (lacking.isPresent()) {
                return lacking;
            }
            schema.load("load the rows of " + datasources, dump.toFile().length(), Meter.NONE, script -> {
                DatasourceRowsScript rows = new DatasourceRowsScript(script, datasources, tables, TRIED);
                try (InputStream in = Files.newInputStream(dump)) {
                    DumpScanner.scan(in, rows);
                }
            });
            return Optional.empty();
        } catch (Failed | Refused refused) {
            return Optional.of(refused.getMessage());
        }
    }

    @Override
    public boolean isDone(RunMark run) {
        return schema.has(run, "was");
    }

    @Override
    public void swapIn(Path dump, SortedSet<String> datasources, RunMark run, Meter meter) {
        if (isDone(run)) {
            LOG.info("found the rows exchanged already");
            return;
        }
        rules.bring(dump, datasources, run, Optional.empty());
        Map<DruidTable, TableShape> tables = schema.tables();
        schema.load("exchange the rows of " + datasources, dump.toFile().length(), meter, script -> {
            DatasourceRowsScript rows = new DatasourceRowsScript(script, datasources, tables, TAKEN);
            meter.expect(Files.size(dump));
            try (InputStream in = meter.reading(Files.newInputStream(dump))) {
                DumpScanner.scan(in, rows);
            }
            script.write(exchange(rows, tables, run).getBytes(StandardCharsets.UTF_8));
        });
        LOG.info("exchanged the rows of {}", datasources);
    }

    private static String exchange(DatasourceRowsScript rows, Map<DruidTable, TableShape> tables, RunMark run) {
        List<String> sql = new ArrayList<>();
        String kept = KeptSchema.of(run);
        String segments = tables.get(DruidTable.SEGMENTS).sql();
        String incoming = DatasourceRowsScript.incoming(DruidTable.SEGMENTS);
        String ofThese = KeptSchema.ofThese(run);
        sql.add("SET client_encoding = 'UTF8'");
        sql.add("LOCK TABLE " + segments + " IN SHARE ROW EXCLUSIVE MODE");
        sql.add("CREATE TABLE " + kept + ".was AS SELECT * FROM " + segments + " WHERE id IN (SELECT id FROM "
                + incoming + ") OR used AND datasource IN (SELECT datasource FROM " + kept + ".names)");
        sql.add("CREATE TABLE " + kept + ".now AS SELECT id, datasource, created_date, md5(payload) AS content FROM "
                + incoming);
        sql.add("UPDATE " + segments + " SET used = false" + ofThese + " AND used");
        sql.add("DELETE FROM " + segments + " WHERE id IN (SELECT id FROM " + incoming + ")");
        sql.add(insertion(DruidTable.SEGMENTS, tables, rows));
        sql.add("DO $do$ BEGIN IF (SELECT count(*) FROM " + segments + ofThese + " AND used) <> " + rows.used()
                + " THEN RAISE EXCEPTION 'not all rows arrived'; END IF; END $do$");
        emptied(tables).forEach((table, name) -> {
            sql.add("CREATE TABLE " + kept + "." + table.name() + " AS SELECT * FROM " + name + ofThese);
            sql.add("DELETE FROM " + name + ofThese);
        });
        if (!rows.columns(DruidTable.DATASOURCES).isEmpty()) {
            sql.add(insertion(DruidTable.DATASOURCES, tables, rows));
        }
        return String.join(";\n", sql) + ";\n";
    }

    /**
     * The tables whose rows of the datasources go. Stored offsets become the dump's; pending segments were allocated for
     * offsets that are gone: a task would take them for what it has stored already.
     */
    private static SortedMap<DruidTable, String> emptied(Map<DruidTable, TableShape> tables) {
        SortedMap<DruidTable, String> emptied = new TreeMap<>();
        for (DruidTable table : List.of(DruidTable.DATASOURCES, DruidTable.PENDING_SEGMENTS)) {
            if (tables.containsKey(table) && tables.get(table).columns().containsKey("datasource")) {
                emptied.put(table, tables.get(table).sql());
            }
        }
        return emptied;
    }

    private static String insertion(DruidTable table, Map<DruidTable, TableShape> tables, DatasourceRowsScript rows) {
        String columns = DatasourceRowsScript.list(rows.columns(table));
        return "INSERT INTO " + tables.get(table).sql() + " (" + columns + ") SELECT " + columns + " FROM "
                + DatasourceRowsScript.incoming(table);
    }

    @Override
    public void swapBack(RunMark run) {
        if (!schema.exists(run)) {
            return;
        }
        List<String> sql = new ArrayList<>();
        if (isDone(run)) {
            rowsBack(run, sql);
        }
        rules.removal(run).ifPresent(sql::add);
        sql.add("DROP SCHEMA " + KeptSchema.of(run) + " CASCADE");
        schema.load(
                "put the rows of run " + run + " back",
                0,
                Meter.NONE,
                script -> script.write((String.join(";\n", sql) + ";\n").getBytes(StandardCharsets.UTF_8)));
        LOG.info("put the rows back that were exchanged by {}", run);
    }

    private void rowsBack(RunMark run, List<String> sql) {
        Map<DruidTable, TableShape> tables = schema.tables();
        String segments = tables.get(DruidTable.SEGMENTS).sql();
        String kept = KeptSchema.of(run);
        String ofThese = KeptSchema.ofThese(run);
        sql.add("LOCK TABLE " + segments + " IN SHARE ROW EXCLUSIVE MODE");
        sql.add("UPDATE " + segments + " SET used = false" + ofThese + " AND used");
        sql.add("DELETE FROM " + segments + " WHERE id IN (SELECT id FROM " + kept + ".now UNION SELECT id FROM " + kept
                + ".was)");
        sql.add("INSERT INTO " + segments + " SELECT * FROM " + kept + ".was");
        emptied(tables).forEach((table, name) -> {
            sql.add("DELETE FROM " + name + ofThese);
            sql.add("INSERT INTO " + name + " SELECT * FROM " + kept + "." + table.name());
        });
    }

    @Override
    public void cameSince(RunMark run, BiConsumer<String, String> consumer) {
        String kept = KeptSchema.of(run);
        client.query(
                        live,
                        "SELECT json_build_array(s.datasource, s.id) FROM "
                                + schema.tables().get(DruidTable.SEGMENTS).sql()
                                + " s WHERE s.used AND s.datasource IN (SELECT datasource FROM " + kept + ".names)"
                                + " AND NOT EXISTS (SELECT 1 FROM " + kept + ".now n WHERE n.id = s.id AND "
                                + isNow() + ")")
                .forEach(row -> consumer.accept(row.get(0).asText(), row.get(1).asText()));
    }

    @Override
    public UsedSegments comeBack(RunMark run) {
        return consumer -> SegmentRows.stream(client, live, KeptSchema.of(run) + ".was WHERE used", consumer);
    }

    @Override
    public void replacedSince(RunMark run, Consumer<String> ids) {
        String kept = KeptSchema.of(run);
        String loadSpec = "convert_from(%s.payload, 'UTF8')::jsonb -> 'loadSpec'";
        client.query(
                        live,
                        "SELECT to_json(w.id) FROM " + kept + ".was w JOIN "
                                + schema.tables().get(DruidTable.SEGMENTS).sql() + " s ON s.id = w.id WHERE w.used"
                                + " AND (s.created_date, s.payload) IS DISTINCT FROM (w.created_date, w.payload)"
                                + " AND " + loadSpec.formatted("s") + " = " + loadSpec.formatted("w")
                                + " AND NOT EXISTS (SELECT 1 FROM " + kept + ".now n WHERE n.id = s.id AND "
                                + isNow() + ")")
                .forEach(row -> ids.accept(row.asText()));
    }

    /** Whether {@code s} is the row {@code n} that the exchange brought. Older versions kept the ids alone. */
    private static String isNow() {
        String then = "coalesce(to_jsonb(n) ->> '%s', %s)";
        return then.formatted("created_date", "s.created_date") + " = s.created_date AND "
                + then.formatted("content", "md5(s.payload)") + " = md5(s.payload)";
    }

    @Override
    public void drop(RunMark run) {
        SideNames names = new SideNames(live);
        for (String database : new Databases(client, live).names()) {
            if (database.equals(live) || names.isOld(database)) {
                client.query(
                        database,
                        "SET client_min_messages = warning",
                        "DROP SCHEMA IF EXISTS " + KeptSchema.of(run) + " CASCADE");
            }
        }
    }
}
