package dolmen.metadata.postgres;

import dolmen.database.postgres.DumpScanner;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DruidTable;
import dolmen.metadata.LoadRules;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings the load rules of single datasources into the live metadata, in a transaction before that of their segments: the
 * coordinator reads the two apart, and marks a segment unused that the rules it knows do not keep. Rules that are there stay.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/configuration/index.html">Druid: druid.manager.rules.pollDuration</a>
 */
final class DatasourceRules {
    private final PostgresClient client;
    private final String live;
    private final KeptSchema schema;

    DatasourceRules(PostgresClient client, String live) {
        this.client = client;
        this.live = live;
        this.schema = new KeptSchema(client, live);
    }

    /**
     * Gives the datasources these load rules, where there are some, and the dump's to those that have none. Makes the schema
     * in which the run keeps what it replaces, and notes there what came. Does nothing when that was done before.
     */
    void bring(Path dump, SortedSet<String> datasources, RunMark run, Optional<LoadRules> given) {
        if (schema.exists(run)) {
            return;
        }
        Map<DruidTable, TableShape> tables = schema.tables();
        boolean wanting = tables.containsKey(DruidTable.RULES) && !haveRules(tables, datasources);
        schema.load(
                "bring the load rules of " + datasources,
                wanting ? dump.toFile().length() : 0,
                Meter.NONE,
                script -> {
                    boolean brings = wanting && copy(script, dump, datasources, tables);
                    script.write(sql(tables, datasources, run, brings, given).getBytes(StandardCharsets.UTF_8));
                });
    }

    /** Loads the dump's rules into a temporary table; false when the dump has no rules. */
    private static boolean copy(
            OutputStream script, Path dump, SortedSet<String> datasources, Map<DruidTable, TableShape> tables)
            throws IOException {
        DatasourceRowsScript rows = new DatasourceRowsScript(script, datasources, tables, Set.of(DruidTable.RULES));
        try (InputStream in = Files.newInputStream(dump)) {
            DumpScanner.scan(in, rows);
        }
        return !rows.columns(DruidTable.RULES).isEmpty();
    }

    private boolean haveRules(Map<DruidTable, TableShape> tables, SortedSet<String> datasources) {
        return client.query(
                                live,
                                "SELECT to_json(datasource) FROM "
                                        + tables.get(DruidTable.RULES).sql() + " WHERE datasource IN ("
                                        + literals(datasources) + ") GROUP BY datasource")
                        .size()
                == datasources.size();
    }

    private static String sql(
            Map<DruidTable, TableShape> tables,
            SortedSet<String> datasources,
            RunMark run,
            boolean brings,
            Optional<LoadRules> given) {
        String kept = KeptSchema.of(run);
        List<String> sql = new ArrayList<>();
        sql.add("SET client_encoding = 'UTF8'");
        sql.add("CREATE SCHEMA " + kept);
        sql.add("CREATE TABLE " + kept + ".names AS SELECT unnest(ARRAY[" + literals(datasources) + "]) AS datasource");
        if (tables.containsKey(DruidTable.RULES)) {
            String table = tables.get(DruidTable.RULES).sql();
            String incoming = DatasourceRowsScript.incoming(DruidTable.RULES);
            sql.add("CREATE TABLE " + kept + ".rules AS SELECT datasource, version FROM " + (brings ? incoming : table)
                    + " WHERE " + (brings ? "datasource NOT IN (SELECT datasource FROM " + table + ")" : "false"));
            if (brings) {
                sql.add("INSERT INTO " + table + " SELECT * FROM " + incoming
                        + " WHERE datasource IN (SELECT datasource FROM " + kept + ".rules)");
            }
            given.map(RuleRows::new).ifPresent(rules -> {
                String names = "SELECT datasource FROM " + kept + ".names";
                sql.add("CREATE TABLE " + kept + ".given AS " + rules.versions(table, names));
                sql.add(rules.insertion(table, names));
                sql.add("INSERT INTO " + kept + ".rules SELECT datasource, version FROM " + kept + ".given");
            });
        }
        return String.join(";\n", sql) + ";\n";
    }

    /** The rules that hold, by the database, for each datasource to which the run has brought some: a JSON list. */
    SortedMap<String, String> brought(RunMark run) {
        SortedMap<String, String> rules = new TreeMap<>();
        Map<DruidTable, TableShape> tables = schema.tables();
        if (schema.has(run, "rules") && tables.containsKey(DruidTable.RULES)) {
            client.query(
                            live,
                            "SELECT DISTINCT ON (datasource) json_build_array(datasource,"
                                    + " convert_from(payload, 'UTF8')) FROM "
                                    + tables.get(DruidTable.RULES).sql()
                                    + " WHERE datasource IN (SELECT datasource FROM "
                                    + KeptSchema.of(run) + ".rules) ORDER BY datasource, version DESC")
                    .forEach(row -> rules.put(row.get(0).asText(), row.get(1).asText()));
        }
        return rules;
    }

    /** Takes away what the run has brought, as a statement; empty when nothing was looked at. */
    Optional<String> removal(RunMark run) {
        return schema.has(run, "rules")
                ? Optional.of("DELETE FROM "
                        + schema.tables().get(DruidTable.RULES).sql()
                        + " WHERE (datasource, version) IN (SELECT datasource, version FROM " + KeptSchema.of(run)
                        + ".rules)")
                : Optional.empty();
    }

    private static String literals(SortedSet<String> names) {
        return names.stream().map(Sql::literal).collect(Collectors.joining(","));
    }
}
