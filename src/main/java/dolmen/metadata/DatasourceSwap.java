package dolmen.metadata;

import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.UsedSegments;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the rows of single datasources in the live metadata, while Druid runs: the used segments and stored offsets
 * become those of a dump, in one transaction. What they were is kept in a schema {@code dolmen_old_RUN} of the same
 * database, made by that transaction, so its presence means that the exchange was done. Every method is repeatable, throws
 * {@code Unavailable} while PostgreSQL does not answer and {@code Failed} when it refuses; then nothing was changed.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/metadata-storage.html">Druid: metadata storage; the coordinator
 *     polls the table of segments</a>
 */
public final class DatasourceSwap {
    /** What the names of kept schemas begin with. */
    static final String KEPT = "dolmen_old_";

    private static final Logger LOG = LoggerFactory.getLogger(DatasourceSwap.class);

    private final PostgresClient client;
    private final String live;
    private final Supplier<Meter> meters;

    public DatasourceSwap(Host host, MetadataSettings settings) {
        this(host, settings, () -> Meter.NONE);
    }

    /** The same; the bytes of the dump, and of what is loaded of it, are counted. */
    public DatasourceSwap(Host host, MetadataSettings settings, Supplier<Meter> meters) {
        this.client = new PostgresClient(host, settings);
        this.live = settings.database();
        this.meters = meters;
    }

    /** Whether this run has exchanged rows that were not dropped or put back since. */
    public boolean isDone(String run) {
        return !client.query(live, "SELECT 1 FROM pg_namespace WHERE nspname =" + Sql.literal(KEPT + run))
                .isEmpty();
    }

    /** Puts the dump's rows of these datasources in the place of the live ones; nothing when that was done before. */
    public void swapIn(Path dump, SortedSet<String> datasources, String run) {
        swapIn(dump, datasources, run, Optional.empty());
    }

    /** The same; the datasources are given these load rules, where there are some. */
    public void swapIn(Path dump, SortedSet<String> datasources, String run, Optional<LoadRules> given) {
        if (isDone(run)) {
            LOG.info("found the rows exchanged already");
            return;
        }
        Map<DruidTable, TableShape> tables = tables();
        Meter meter = meters.get();
        load("exchange the rows of " + datasources, dump.toFile().length(), script -> {
            DatasourceRows rows = new DatasourceRows(script, datasources, tables);
            meter.expect(Files.size(dump));
            try (InputStream in = meter.reading(Files.newInputStream(dump))) {
                DumpScanner.scan(in, rows);
            }
            script.write(exchange(rows, tables, datasources, kept(run), given).getBytes(StandardCharsets.UTF_8));
        });
        LOG.info("exchanged the rows of {}", datasources);
    }

    private static String exchange(
            DatasourceRows rows,
            Map<DruidTable, TableShape> tables,
            SortedSet<String> datasources,
            String kept,
            Optional<LoadRules> given) {
        List<String> sql = new ArrayList<>();
        String segments = tables.get(DruidTable.SEGMENTS).sql();
        String incoming = DatasourceRows.incoming(DruidTable.SEGMENTS);
        String ofThese = " WHERE datasource IN (SELECT datasource FROM " + kept + ".names)";
        sql.add("SET client_encoding = 'UTF8'");
        sql.add("CREATE SCHEMA " + kept);
        sql.add("CREATE TABLE " + kept + ".names AS SELECT unnest(ARRAY[" + literals(datasources) + "]) AS datasource");
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
        if (!rows.columns(DruidTable.RULES).isEmpty()) {
            sql.add("CREATE TABLE " + kept + ".rules AS SELECT datasource, version FROM "
                    + DatasourceRows.incoming(DruidTable.RULES) + " WHERE datasource NOT IN (SELECT datasource FROM "
                    + tables.get(DruidTable.RULES).sql() + ")");
            sql.add(insertion(DruidTable.RULES, tables, rows) + " WHERE datasource IN (SELECT datasource FROM " + kept
                    + ".rules)");
        }
        if (given.isPresent() && tables.containsKey(DruidTable.RULES)) {
            give(given.get(), tables.get(DruidTable.RULES).sql(), kept, sql);
        }
        return String.join(";\n", sql) + ";\n";
    }

    /** What was given is noted beside the rules that the dump brought, so that both are taken back. */
    private static void give(LoadRules rules, String table, String kept, List<String> sql) {
        String names = "SELECT datasource FROM " + kept + ".names";
        sql.add("CREATE TABLE " + kept + ".given AS " + rules.versions(table, names));
        sql.add(rules.insertion(table, names));
        sql.add("CREATE TABLE IF NOT EXISTS " + kept + ".rules AS SELECT datasource, version FROM " + table
                + " WHERE false");
        sql.add("INSERT INTO " + kept + ".rules SELECT datasource, version FROM " + kept + ".given");
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

    private static String insertion(DruidTable table, Map<DruidTable, TableShape> tables, DatasourceRows rows) {
        String columns = DatasourceRows.list(rows.columns(table));
        return "INSERT INTO " + tables.get(table).sql() + " (" + columns + ") SELECT " + columns + " FROM "
                + DatasourceRows.incoming(table);
    }

    /** Makes the rows what they were before; segments that came since are not used any more. Nothing where it was not done. */
    public void swapBack(String run) {
        if (!isDone(run)) {
            return;
        }
        Map<DruidTable, TableShape> tables = tables();
        String segments = tables.get(DruidTable.SEGMENTS).sql();
        String kept = kept(run);
        String ofThese = " WHERE datasource IN (SELECT datasource FROM " + kept + ".names)";
        List<String> sql = new ArrayList<>();
        sql.add("LOCK TABLE " + segments + " IN SHARE ROW EXCLUSIVE MODE");
        sql.add("UPDATE " + segments + " SET used = false" + ofThese + " AND used");
        sql.add("DELETE FROM " + segments + " WHERE id IN (SELECT id FROM " + kept + ".now UNION SELECT id FROM " + kept
                + ".was)");
        sql.add("INSERT INTO " + segments + " SELECT * FROM " + kept + ".was");
        emptied(tables).forEach((table, name) -> {
            sql.add("DELETE FROM " + name + ofThese);
            sql.add("INSERT INTO " + name + " SELECT * FROM " + kept + "." + table.name());
        });
        if (brought(run)) {
            sql.add("DELETE FROM " + tables.get(DruidTable.RULES).sql()
                    + " WHERE (datasource, version) IN (SELECT datasource, version FROM " + kept + ".rules)");
        }
        sql.add("DROP SCHEMA " + kept + " CASCADE");
        load(
                "put the rows of run " + run + " back",
                0,
                script -> script.write((String.join(";\n", sql) + ";\n").getBytes(StandardCharsets.UTF_8)));
        LOG.info("put the rows back that were exchanged by {}", run);
    }

    /** Whether load rules were looked at, and so noted. */
    private boolean brought(String run) {
        return !client.query(
                        live,
                        "SELECT 1 FROM pg_tables WHERE schemaname =" + Sql.literal(KEPT + run)
                                + " AND tablename = 'rules'")
                .isEmpty();
    }

    /**
     * Hands out datasource and id of the used segments that came since the exchange and that {@link #swapBack} would hide,
     * those of an id that was there with another content, too.
     */
    public void cameSince(String run, BiConsumer<String, String> consumer) {
        String kept = kept(run);
        client.query(
                        live,
                        "SELECT json_build_array(s.datasource, s.id) FROM "
                                + tables().get(DruidTable.SEGMENTS).sql()
                                + " s WHERE s.used AND s.datasource IN (SELECT datasource FROM " + kept + ".names)"
                                + " AND NOT EXISTS (SELECT 1 FROM " + kept + ".now n WHERE n.id = s.id AND "
                                + isNow() + ")")
                .forEach(row -> consumer.accept(row.get(0).asText(), row.get(1).asText()));
    }

    /** The used segments that {@link #swapBack} brings back; read anew at each call. */
    public UsedSegments comeBack(String run) {
        return consumer -> SegmentRows.stream(client, live, kept(run) + ".was WHERE used", consumer);
    }

    /**
     * Hands out the ids of the used segments that {@link #swapBack} brings back and whose place Druid has given to another
     * segment since: the same id and load spec, neither the row of before nor the one that the exchange brought.
     */
    public void replacedSince(String run, Consumer<String> ids) {
        String kept = kept(run);
        String loadSpec = "convert_from(%s.payload, 'UTF8')::jsonb -> 'loadSpec'";
        client.query(
                        live,
                        "SELECT to_json(w.id) FROM " + kept + ".was w JOIN "
                                + tables().get(DruidTable.SEGMENTS).sql() + " s ON s.id = w.id WHERE w.used"
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

    /** Forgets what the rows were before, in a database that a later restore keeps, too: an undo would bring it back. */
    public void drop(String run) {
        SideNames names = new SideNames(live);
        for (String database : new Databases(client, live).names()) {
            if (database.equals(live) || names.isOld(database)) {
                client.query(
                        database,
                        "SET client_min_messages = warning",
                        "DROP SCHEMA IF EXISTS " + kept(run) + " CASCADE");
            }
        }
    }

    private Map<DruidTable, TableShape> tables() {
        Map<DruidTable, TableShape> tables = new DruidTables(client, live).shapes();
        if (!tables.containsKey(DruidTable.SEGMENTS)) {
            throw new StepFailure.Refused(
                    "database " + live + " has no table of segments as Druid makes it",
                    "Start Druid once so that it makes its tables, or restore the whole backup.");
        }
        return tables;
    }

    private static String kept(String run) {
        return Sql.identifier(KEPT + run);
    }

    private static String literals(SortedSet<String> names) {
        return names.stream().map(Sql::literal).collect(Collectors.joining(","));
    }

    /** By a file, since rows and names do not fit into arguments; it is at most as long as what it is made of. */
    private void load(String what, long bytes, ScriptFile.Content content) {
        try (ScriptFile script = ScriptFile.of(client.temporary(), bytes, content)) {
            Outcome outcome = client.load(live, script.path(), meters.get());
            if (!outcome.succeeded()) {
                throw ClientFailure.of("cannot " + what + " in database " + live, outcome);
            }
        } catch (IOException unusable) {
            throw new StepFailure.Failed(
                    "cannot write a script to " + what + ": " + unusable,
                    "See whether the dump may be read, and whether the state folder has room.",
                    unusable);
        }
    }
}
