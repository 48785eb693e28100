package dolmen.metadata.postgres;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DruidRows;
import dolmen.metadata.SegmentJson;
import java.time.Instant;

/** Writes by SQL into a database of the tests' PostgreSQL that begins with Druid's tables, all of them empty. */
final class PostgresRows implements DruidRows {
    private static int count;

    private final PostgresFixture postgres;
    private final String database;

    PostgresRows() throws Exception {
        this.postgres = PostgresFixture.shared();
        this.database = "contract" + count++;
        postgres.fill(database, Dumps.SCRIPT);
        for (String table : "segments rules supervisors datasource tasks tasklocks pendingsegments".split(" ")) {
            sql("DELETE FROM druid_" + table);
        }
    }

    DruidMetadata store() {
        return new PostgresMetadata(postgres.local(), postgres.settings(database));
    }

    private void sql(String statement) {
        postgres.execute(database, statement);
    }

    private static String bytes(String text) {
        return "convert_to('" + text + "', 'UTF8')";
    }

    @Override
    public void segment(String id, String datasource, Instant created, long size) {
        sql("DELETE FROM druid_segments WHERE id = '" + id + "'; INSERT INTO druid_segments VALUES ('" + id + "', '"
                + datasource + "', '" + created + "', '" + SegmentJson.START + "', '" + SegmentJson.END
                + "', true, 'v1', true, " + bytes(SegmentJson.of(id, datasource, size)) + ")");
    }

    @Override
    public void markUnused(String id) {
        sql("UPDATE druid_segments SET used = false WHERE id = '" + id + "'");
    }

    @Override
    public void kill(String id) {
        sql("DELETE FROM druid_segments WHERE id = '" + id + "'");
    }

    @Override
    public void rules(String datasource, String version, String json) {
        sql("INSERT INTO druid_rules VALUES ('" + datasource + "_" + version + "', '" + datasource + "', '" + version
                + "', " + bytes(json) + ")");
    }

    @Override
    public void supervisor(String id, String json) {
        sql("INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('" + id
                + "', '2026-11-24T01:00:00.000Z', " + bytes(json) + ")");
    }

    @Override
    public void offsets(String datasource, String json) {
        sql("DELETE FROM druid_datasource WHERE datasource = '" + datasource
                + "'; INSERT INTO druid_datasource VALUES ('" + datasource + "', '2026-11-24T01:00:00.000Z', "
                + bytes(json) + ", 'sum')");
    }

    @Override
    public void task(String datasource) {
        sql("INSERT INTO druid_tasks VALUES ('task', '2026-11-24T01:00:00.000Z', '" + datasource
                + "', '', '', true); INSERT INTO druid_tasklocks (task_id) VALUES ('task');"
                + " INSERT INTO druid_pendingsegments VALUES ('pending', '" + datasource
                + "', '2026-11-24T01:00:00.000Z', 'a', 'b', 'c', 'd', 'e', '')");
    }

    @Override
    public void foreignTable(String name, int rows) {
        sql("DROP TABLE IF EXISTS " + name + "; CREATE TABLE " + name + " AS SELECT generate_series(1, " + rows
                + ") AS n; ALTER TABLE " + name + " OWNER TO druid");
    }

    @Override
    public void dropLive() {
        postgres.execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
}
