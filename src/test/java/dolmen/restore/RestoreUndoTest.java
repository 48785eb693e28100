package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.SideNames;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetabaseSettings;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verified restore of a real database, a real folder and a real H2 file is taken back by what it had replaced. */
class RestoreUndoTest {
    private static final String BROKEN = "broken off by the test";
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private Path h2;
    private Run run;

    @BeforeEach
    void a_restored_stack() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        h2 = Files.createDirectories(home.resolve("metabase")).resolve("metabase.db");
        users(1);
        BackupContents backup = stack.backup();
        Path staging = Files.createDirectories(home.resolve("staging"));
        metabase(stack.host).archive(staging, new RunId("20261124-020000-000-backup"), Meter.NONE);
        users(2);
        stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Files.writeString(stack.shared.resolve("segments/before"), "before");
        restore(backup, staging);
    }

    private void restore(BackupContents backup, Path staging) {
        RestoreRun restore = stack.restore(backup);
        run = restore.run();
        RunMark mark = run.mark();
        MetabaseData metabase = metabase(stack.host);
        stack.storage.placement(mark).stage(TarFile.of(ARCHIVE), 0, Meter.NONE);
        stack.metadata.load(mark, backup.file(Artifact.METADATA_DUMP), restore.dump(), Meter.NONE);
        metabase.database().stage(staging.resolve(Artifact.METABASE_ARCHIVE), mark, Meter.NONE);
        stack.storage.placement(mark).swapIn();
        stack.metadata.swap(mark);
        metabase.database().swapIn(mark);
    }

    @Test
    void everything_that_was_replaced_is_live_again_and_nothing_is_left_beside_it() throws Exception {
        assertThat(wiki()).isEqualTo("4");
        assertThat(users()).isEqualTo(1);
        RestoreUndo undo = undo(stack.host);
        undo.requireWhole(run);

        undo.swapBack(run);
        assertLive();
        assertThat(stack.metadata.leftovers()).contains(new SideNames(stack.database).aside(run.mark()));

        undo.dropNew(run);
        assertUndone();
        assertThat(undo.live())
                .containsExactly("live now: clicks, 4 used segments", "live now: sensor_metrics, 4 used segments");
    }

    @Test
    void an_undo_that_broke_off_before_any_call_of_the_host_is_ended_by_repeating_it() throws Exception {
        DumpSummary dump =
                new PostgresDumps().read(home.resolve("backup").resolve(Artifact.METADATA_DUMP), segment -> {});
        int calls = 0;
        boolean broken = true;
        while (broken) {
            broken = breaksOff(calls++);
            undo(stack.host).swapBack(run);
            undo(stack.host).dropNew(run);
            assertUndone();
            again(dump);
        }
        assertThat(calls).isGreaterThan(8);
    }

    /** True when the host broke off, false when the undo needed fewer calls. */
    private boolean breaksOff(int calls) {
        MemoryHost host = new MemoryHost();
        for (String service : List.of("postgres", "historical", "metabase")) {
            host.service(service).mounts = List.of(new Mount("/", Path.of("/"), Optional.empty()));
        }
        host.breakOff(calls, BROKEN);
        try {
            undo(host).swapBack(run);
            undo(host).dropNew(run);
            return false;
        } catch (StepFailure.Failed broken) {
            assertThat(broken).hasMessage(BROKEN);
            return true;
        }
    }

    private void again(DumpSummary dump) {
        restore(PlainStack.examined(home.resolve("backup"), dump, Optional.empty()), home.resolve("staging"));
    }

    @Test
    void a_safety_copy_that_is_not_whole_is_refused_before_anything_changes() throws Exception {
        stack.metadata.dropReplaced(run.mark());

        assertThatThrownBy(() -> undo(stack.host).requireWhole(run))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("is not whole: database "
                        + stack.metadata.replaced(run.mark()).name() + " is missing");

        stack.storage.placement(run.mark()).dropOld();
        assertThatThrownBy(() -> undo(stack.host).requireWhole(run))
                .hasMessageEndingWith(" is missing, the replaced segments are missing");
        assertThat(wiki()).isEqualTo("4");
    }

    private void assertLive() throws Exception {
        assertThat(wiki()).isEqualTo("0");
        assertThat(users()).isEqualTo(2);
        assertThat(Files.readString(stack.shared.resolve("segments/before"))).isEqualTo("before");
        assertThat(Tool.ok(stack.shared, "ls segments").strip()).isEqualTo("before");
    }

    private void assertUndone() throws Exception {
        assertLive();
        assertThat(Tool.ok(home, "ls -A shared metabase").lines().filter(name -> name.startsWith(".dolmen")))
                .isEmpty();
        assertThat(stack.metadata.leftovers()).noneMatch(name -> name.startsWith(stack.database + "_"));
    }

    private String wiki() {
        return stack.postgres.query(stack.database, "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'");
    }

    private RestoreUndo undo(Host host) {
        DruidMetadata metadata = new PostgresMetadata(host, stack.postgres.settings(stack.database));
        return new RestoreUndo(metadata, stack.storage(host), metabase(host));
    }

    private MetabaseData metabase(Host host) {
        return stack.metabase(host, MetabaseSettings.Kind.H2, Optional.of(h2.toString()));
    }

    /** Leaves the database with this many users more than it had. */
    private void users(int more) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + h2, "", "")) {
            for (String table : List.of("core_user", "report_card", "report_dashboard", "metabase_database")) {
                connection
                        .createStatement()
                        .execute("CREATE TABLE IF NOT EXISTS " + table + " (id BIGINT AUTO_INCREMENT, name VARCHAR)");
            }
            connection
                    .createStatement()
                    .execute("CREATE TABLE IF NOT EXISTS setting (\"KEY\" VARCHAR, \"VALUE\" VARCHAR)");
            connection.createStatement().execute("DELETE FROM core_user");
            for (int user = 0; user < more; user++) {
                connection.createStatement().execute("INSERT INTO core_user (name) VALUES ('u')");
            }
        }
    }

    private long users() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + h2, "", "");
                var counted = connection.createStatement().executeQuery("SELECT COUNT(*) FROM core_user")) {
            counted.next();
            return counted.getLong(1);
        }
    }
}
