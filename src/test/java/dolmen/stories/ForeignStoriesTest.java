package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others keep their own data in Druid's database, and come to it after a restore: neither goes unnamed. */
@Needs(Need.SANDBOX)
class ForeignStoriesTest {
    private static final String MADE = "CREATE TABLE orders AS SELECT n, 'order ' || n AS name FROM generate_series(1,"
            + " 10000) n; CREATE VIEW late_orders AS SELECT * FROM orders WHERE n > 9000;"
            + " CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';"
            + " CREATE RULE kept AS ON DELETE TO orders DO INSTEAD NOTHING;"
            + " SELECT lo_from_bytea(4711, 'a contract'); COMMENT ON DATABASE druid IS 'ask Ada';"
            + " ALTER ROLE druid IN DATABASE druid SET work_mem = '8MB'";
    private static final String[] NAMES = {
        "table orders with 10000 rows",
        "view late_orders",
        "function twice(integer)",
        "rule orders kept",
        "large object 4711",
        "comment on the database",
        "setting by ALTER ROLE ... IN DATABASE druid work_mem"
    };
    private static final String ORDERS = "SELECT count(*) || ' ' || md5(string_agg(name, ',' ORDER BY n)) || ' ' ||"
            + " (SELECT count(*) FROM late_orders) || ' ' || twice(21) || ' ' || convert_from(lo_get(4711), 'UTF8') ||"
            + " ' ' || (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'druid') || ' ' ||"
            + " current_setting('work_mem') FROM orders";
    private static final String SEGMENTS =
            "SELECT md5(string_agg(s::text, ',' ORDER BY id)) || ' ' || count(*) FROM druid_segments s WHERE used";
    private static final String GONE = "SELECT concat_ws(' ', 'orders: ' || coalesce(to_regclass('orders')::text,"
            + " 'gone'), 'large objects: ' || (SELECT count(*) FROM pg_largeobject_metadata))";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_backup_and_what_others_made_since() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home)
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.stack.services", "historical");
        assertThat(dolmen.run("backup").status()).isZero();
        sql(MADE);
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        sql("ALTER ROLE druid IN DATABASE druid RESET ALL; COMMENT ON DATABASE druid IS NULL;"
                + " SELECT lo_unlink(oid) FROM pg_largeobject_metadata; DROP FUNCTION IF EXISTS twice;"
                + " DROP TABLE IF EXISTS orders CASCADE; DELETE FROM druid_supervisors WHERE spec_id = 'late';"
                + " DELETE FROM druid_rules WHERE datasource = 'late'");
        ContainerSandbox.shared().awaitLoaded();
    }

    @Test
    @Tag("T9")
    void T9_what_others_keep_or_made_since_is_named_and_lost_only_when_it_was_named() throws Exception {
        String orders = said("before", ORDERS);
        String segments = said("before", SEGMENTS);

        refused("plan", "restore");
        refused("restore");
        refused("restore", "--yes");
        assertThat(said("after the refused restore", ORDERS)).isEqualTo(orders);
        assertThat(said("after the refused restore", SEGMENTS)).isEqualTo(segments);

        Result restored = dolmen.run("restore", "--yes", "--lose-foreign");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(lost(restored)).contains(NAMES);
        assertThat(said("after the restore that named it", GONE)).isEqualTo("orders: gone large objects: 0");

        String run = newestRun();
        Coordinator.rules("late", "[{\"type\":\"loadForever\"}]");
        sql("CREATE TABLE invoices AS SELECT generate_series(1, 500) AS n; INSERT INTO druid_supervisors (spec_id,"
                + " created_date, payload) VALUES ('late', '2026', '{\"type\":\"kafka\"}')");
        Result foreign = dolmen.run("restore", "--undo", run, "--yes");
        assertThat(foreign.status()).as(foreign.output()).isEqualTo(12);
        assertThat(foreign.output()).contains("this undo would lose what is not Druid's: table invoices");
        Result asked = dolmen.run("restore", "--undo", run, "--lose-foreign");
        assertThat(asked.status()).as(asked.output()).isEqualTo(12);
        assertThat(asked.output()).contains("this undo would lose supervisor late, load rules of late; what is not");
        assertThat(said("after the refused undo", "SELECT count(*) FROM invoices"))
                .isEqualTo("500");

        Result undone = dolmen.run("restore", "--undo", run, "--yes", "--lose-foreign");
        assertThat(undone.status()).as(undone.output()).isZero();
        assertThat(lost(undone)).contains("supervisor late", "load rules of late", "table invoices");
        assertThat(said("after the undo", ORDERS)).isEqualTo(orders);
        assertThat(said("after the undo", SEGMENTS)).isEqualTo(segments);
    }

    private static void refused(String... command) {
        Result refused = dolmen.run(command);
        assertThat(refused.status()).as(refused.output()).isEqualTo(12);
        assertThat(refused.output())
                .contains("it would lose what is not Druid's")
                .contains(NAMES);
    }

    /** What the report says was lost. */
    private static String lost(Result result) {
        String lost = result.output()
                .lines()
                .filter(line -> line.strip().startsWith("lost, as confirmed: "))
                .reduce("", (one, other) -> one + other.strip() + "\n");
        System.out.print("T9 in the report: " + lost);
        return lost;
    }

    private static String said(String when, String query) {
        String answer = sql(query);
        System.out.println("T9 " + when + ": " + answer);
        return answer;
    }

    private static String newestRun() {
        return new RunJournal(home.resolve("state"), Clock.systemUTC())
                .reports().stream()
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .run()
                        .id()
                        .text();
    }
}
