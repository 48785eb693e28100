package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dolmen is killed with signal 9 while its psql waits in the container for a lock that another session holds. */
@Needs(Need.SANDBOX)
@Tag("T7")
class KilledRestoreStoriesTest {
    private static final String ROWS =
            "SELECT md5(string_agg(s::text, ',' ORDER BY id)) || ' ' || count(*) FILTER (WHERE used) FROM druid_segments s"
                    + " WHERE datasource = 'clicks'";
    private static final String HIDDEN = "(SELECT min(id) FROM druid_segments WHERE datasource = 'clicks')";
    private static final String HELD = "(SELECT max(id) FROM druid_segments WHERE datasource = 'clicks' AND used)";
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'druid' AND wait_event_type = 'Lock'";
    private static final String OURS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'dolmen/%' AND application_name <> 'holder'";
    private static final String SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dolmen%'";

    @TempDir
    Path home;

    private DolmenCommand dolmen;
    private Process holder;

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
    }

    @BeforeEach
    void a_backup_and_a_segment_that_was_hidden_since() throws Exception {
        dolmen = new DolmenCommand(home);
        assertThat(dolmen.run("backup").status()).isZero();
        sql("UPDATE druid_segments SET used = false WHERE id = " + HIDDEN);
        holder = hold();
        await().until(() -> !sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'holder'"
                        + " AND wait_event = 'PgSleep'")
                .isEmpty());
    }

    @AfterEach
    void the_lock_is_gone_and_the_segment_is_back() throws Exception {
        release();
        sql("UPDATE druid_segments SET used = true WHERE id = " + HIDDEN);
        ContainerSandbox.dropSafetyCopies();
    }

    @Test
    void T7_a_psql_that_waits_for_a_lock_commits_nothing_once_recover_has_put_everything_back() throws Exception {
        String before = sql(ROWS);
        Process restore = dolmen.start("restore", "--datasources", "clicks", "--yes");
        await().until(() -> sql(WAITING).equals("1") || !restore.isAlive());
        assertThat(restore.isAlive()).as(Files.readString(dolmen.log())).isTrue();
        restore.destroyForcibly().waitFor();
        assertThat(sql(WAITING)).as("psql goes on without its Dolmen").isEqualTo("1");

        Result recovered = dolmen.run("recover");

        assertThat(recovered.output()).contains("everything was put back");
        assertThat(sql(WAITING)).as("sessions that wait after recover").isEqualTo("0");
        release();
        assertThat(sql(OURS)).isEqualTo("0");
        assertThat(sql(ROWS)).isEqualTo(before);
        assertThat(sql(SCHEMAS)).isEqualTo("0");
        assertThat(Shell.run("docker", "exec", "postgres", "ls", "/tmp")).doesNotContain("dolmen-put-");
        System.out.println("T7 rows before, and after recover and the release: " + before + " / " + sql(ROWS));
        assertThat(dolmen.run("restore", "--datasources", "clicks", "--yes").status())
                .isZero();
        assertThat(sql(ROWS)).isNotEqualTo(before);
    }

    private static Process hold() throws IOException {
        return new ProcessBuilder(
                        "docker",
                        "exec",
                        "-e",
                        "PGAPPNAME=holder",
                        "postgres",
                        "psql",
                        "-U",
                        "druid",
                        "-d",
                        "druid",
                        "-c",
                        "SELECT id FROM druid_segments WHERE id = " + HELD + " FOR UPDATE; SELECT pg_sleep(600)")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void release() throws Exception {
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'");
        assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
        await().until(() -> sql(WAITING).equals("0"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }
}
