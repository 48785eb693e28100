package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.sql;
import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The main job on a real stack in containers: each story loses or spoils something, restores, and compares row counts and
 * sums through the broker. Each one ends with the stack as it was loaded, and the next begins there.
 */
@LastOnSandbox
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Need.SANDBOX)
class RestoreStoriesTest {
    private static final List<String> DRUID = List.of("coordinator", "historical", "middlemanager", "broker", "router");

    @TempDir
    static Path home;

    private static ContainerSandbox stack;
    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_loaded_stack_and_its_backup() {
        stack = ContainerSandbox.shared();
        dolmen = new DolmenCommand(home.resolve("dolmen"));
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isEqualTo(ExitCode.OK.status());
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        assertThat(state("metabase")).isEqualTo("running");
    }

    /** The last stories leave a stack with authentication, which is none of other tests' business. */
    @AfterAll
    static void the_sandbox_is_not_shared_any_more() {
        ContainerSandbox.discard();
    }

    @Test
    @Order(1)
    void a_backup_is_verified_by_coreutils_and_tar_and_by_dolmen_with_no_stack_in_reach() {
        String backup = dolmen.newestBackup().toString();
        Shell.run("sh", "-c", "cd " + backup + " && sha256sum -c --strict SHA256SUMS");
        assertThat(Shell.run("tar", "tf", backup + "/druid_shared.tar")).contains("opt/shared/segments/wiki/");
        Result verified = new DolmenCommand(home.resolve("elsewhere"))
                .with("dolmen.docker.host", "unix:///nowhere.sock")
                .run("verify", "--from", backup);
        assertThat(verified.status()).as(verified.output()).isZero();
    }

    @Test
    @Order(2)
    void the_files_can_be_restored_by_hand_with_the_script_s_commands() {
        String backup = dolmen.newestBackup().toString();
        Shell.run("docker", "exec", "postgres", "createdb", "-U", "druid", "by_hand");
        Shell.run(
                "sh",
                "-c",
                "docker exec -i postgres psql -q -v ON_ERROR_STOP=1 -U druid -d by_hand < " + backup
                        + "/druid_metadata_dump.sql");
        assertThat(Shell.run(
                                "docker",
                                "exec",
                                "postgres",
                                "psql",
                                "-XAtq",
                                "-U",
                                "druid",
                                "-d",
                                "by_hand",
                                "-c",
                                "SELECT count(*) FROM druid_segments WHERE used")
                        .strip())
                .isEqualTo("26");
        Shell.run("docker", "exec", "postgres", "dropdb", "-U", "druid", "by_hand");
        Shell.run(
                "docker",
                "run",
                "--rm",
                "--network",
                "none",
                "-u",
                "0",
                "--volumes-from",
                "historical",
                "-v",
                backup + ":/backup:ro",
                "--entrypoint",
                "sh",
                ContainerSandbox.DRUID_IMAGE,
                "-c",
                "mkdir /by-hand && tar xf /backup/druid_shared.tar -C /by-hand"
                        + " && diff -r /by-hand/opt/shared/segments /opt/shared/segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "api"})
    @Order(3)
    void every_road_leads_to_the_same_archive(String transport) {
        DolmenCommand other =
                new DolmenCommand(home.resolve("by-" + transport)).with("dolmen.segments.transport", transport);
        Result backup = other.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
        assertThat(backup.output()).contains("all held, read by " + transport);
        assertThat(members(other.newestBackup())).isEqualTo(members(dolmen.newestBackup()));
    }

    private static String members(Path backup) {
        return Shell.run(
                "sh", "-c", "tar tvf " + backup + "/druid_shared.tar --numeric-owner | grep segments/ | sort -k6");
    }

    @Test
    @Tag("SG-16")
    @Tag("VF-10")
    @Order(4)
    void nothing_is_restored_from_a_damaged_backup_and_nothing_changes() throws Exception {
        String before = fingerprint();
        for (Map.Entry<String, Damage> damage : Damage.all().entrySet()) {
            Path copy = home.resolve(damage.getKey());
            Shell.run("cp", "-a", dolmen.newestBackup().toString(), copy.toString());
            damage.getValue().to(copy);
            Result verified = dolmen.run("verify", "--from", copy.toString());
            assertThat(verified.status())
                    .as(damage.getKey() + verified.output())
                    .isEqualTo(1);
            Result refused = dolmen.run("restore", "--from", copy.toString());
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.output())
                    .as(damage.getKey())
                    .containsPattern("failed step: (check-files|read-dump|read-archive)");
            // Without the manifest's sums the files themselves must tell.
            Files.delete(copy.resolve("manifest.json"));
            if (!damage.getKey().equals("one-byte-flipped-in-a-segment")) {
                assertThat(dolmen.run("restore", "--from", copy.toString()).status())
                        .as(damage.getKey())
                        .isNotZero();
            }
        }
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("SG-03")
    @Order(5)
    void a_pair_with_a_segment_killed_in_between_is_refused_and_nothing_changes() {
        String before = fingerprint();
        String pair = Path.of("src/test/resources/backups/killed-between").toString();
        Result refused = dolmen.run("restore", "--from", pair);
        assertThat(refused.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(refused.output()).contains("clicks_2024-03-01");
        assertThat(dolmen.run("verify", "--from", pair).status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("MD-07")
    @Order(6)
    void a_stack_with_other_data_gets_back_exactly_what_was_backed_up() {
        sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        sql("UPDATE druid_segments SET used = false WHERE datasource = 'clicks'");
        sql("CREATE TABLE druid_extra AS SELECT 1 AS id");
        Shell.run("docker", "exec", "historical", "sh", "-c", "echo stale > /opt/shared/segments/stale");
        String before = fingerprint();
        Result refused = dolmen.run("restore", "--skip-metabase");
        assertThat(refused.status()).as(refused.output()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(refused.output())
                .contains("failed step: check-target", "table druid_extra with 1 row", "HINT:", "--yes");
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(sql("SELECT id FROM druid_extra")).isEqualTo("1");
        Result plan = dolmen.run("plan", "restore", "--skip-metabase");
        assertThat(plan.status()).as(plan.output()).isZero();
        assertThat(plan.output()).contains("would be lost", "wiki: used segments", "the backup is of this stack");

        restored(dolmen, "restore", "--skip-metabase", "--yes");
        assertThat(sql("SELECT to_regclass('druid_extra') IS NULL")).isEqualTo("t");
        assertThat(Shell.tryRun(Map.of(), "docker", "exec", "historical", "ls", "/opt/shared/segments/stale")
                        .status())
                .isNotZero();
    }

    @Test
    @Order(7)
    void an_undone_restore_brings_back_what_it_had_replaced() {
        sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Shell.run("docker", "exec", "historical", "sh", "-c", "echo kept > /opt/shared/segments/kept");
        String before = heldBySegments();
        restored(dolmen, "restore");
        String run = new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC())
                .reports().stream()
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .run()
                        .id();
        assertThat(dolmen.run("status").output()).contains("dolmen restore --undo " + run);
        assertThat(heldBySegments()).isNotEqualTo(before);

        Result asked = dolmen.run("restore", "--undo", run);
        assertThat(asked.status()).as(asked.output()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(asked.output()).contains("this undo would lose", "used segments of wiki", "confirm by --yes");
        Result undone = dolmen.run("restore", "--undo", run, "--yes");

        assertThat(undone.status()).as(undone.output()).isZero();
        assertThat(undone.output()).contains("undid " + run, "live now: clicks").doesNotContain("live now: wiki");
        assertThat(heldBySegments()).isEqualTo(before);
        assertThat(Shell.run("docker", "exec", "historical", "ls", "-A", "/opt/shared"))
                .doesNotContain(".dolmen-");
        assertThat(sql("SELECT string_agg(datname, ',') FROM pg_database")).doesNotContain("_dolmen_");
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(dolmen.run("restore", "--undo", run).status()).isEqualTo(ExitCode.USAGE.status());
    }

    @Test
    @Order(8)
    void a_restore_that_is_killed_after_the_swap_is_put_back_and_all_services_run() throws Exception {
        sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        String before = fingerprint();

        Process killed = dolmen.start("restore");
        awaitStep("start-services");
        killed.destroyForcibly().waitFor();
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(recovered.output()).isZero();
        assertThat(recovered.output()).contains("interrupted");
        assertThat(fingerprint()).isEqualTo(before);
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
        assertThat(state("metabase")).isEqualTo("running");
    }

    @Test
    @Order(9)
    void without_metabase_its_database_goes_on_undisturbed() {
        String started = Shell.run("docker", "inspect", "-f", "{{.State.StartedAt}}", "metabase");
        restored(dolmen.with("dolmen.segments.transport", "api"), "restore", "--skip-metabase");
        assertThat(Shell.run("docker", "inspect", "-f", "{{.State.StartedAt}}", "metabase"))
                .isEqualTo(started);
    }

    @Test
    @Order(10)
    void a_dropped_trigger_restores_an_emptied_stack_whose_tables_druid_has_made_anew() throws Exception {
        sandbox("wipe-metadata");
        sandbox("wipe-segments");
        assertThat(sql("SELECT count(*) FROM druid_segments")).isEqualTo("0");
        Process served = dolmen.serve();
        try {
            Path inbox = dolmen.home().resolve("inbox");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.isDirectory(inbox.resolve("running")));
            Files.createFile(inbox.resolve("bring-it-back.restore"));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> !EndedTriggers.ending(inbox, ".report.txt").isEmpty());
            assertThat(EndedTriggers.ending(inbox, ".report.txt"))
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.getParent().getFileName()).hasToString("done");
                        assertThat(Files.readString(report)).startsWith("OK");
                    });
        } finally {
            served.destroy();
            served.waitFor();
        }
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        assertThat(manifestRows()).isEqualTo(liveRows());
    }

    @Test
    @Order(11)
    void the_three_files_of_the_script_are_restored_with_no_manifest() throws Exception {
        Path script = Files.createDirectories(home.resolve("script"));
        Shell.run(
                "sh",
                "-c",
                "docker exec postgres pg_dump -U druid -d druid > " + script + "/druid_metadata_dump.sql"
                        + " && docker run --rm --network none -u 0 --volumes-from middlemanager -v " + script
                        + ":/backup --entrypoint tar " + ContainerSandbox.DRUID_IMAGE
                        + " cf /backup/druid_shared.tar /opt/shared");
        sandbox("wipe-metadata");
        sandbox("wipe-segments");
        restored(dolmen.with("dolmen.segments.transport", "sidecar"), "restore", "--from", script.toString());
    }

    @Test
    @Order(12)
    void containers_that_do_not_exist_are_created_and_started_when_the_data_is_in() {
        sandbox("wipe");
        Result restored = authenticated("adminpw")
                .with(
                        "dolmen.stack.up-command",
                        "SANDBOX_AUTH=1 " + Path.of("src/sandbox/sandbox.sh").toAbsolutePath() + " containers create")
                .run("restore");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(Shell.run(Map.of("SANDBOX_AUTH", "1"), "src/sandbox/sandbox.sh", "containers", "counts"))
                .isEqualTo(stack.loaded());
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(state("zookeeper")).isEqualTo("running");
    }

    @Test
    @Order(13)
    void a_wrong_druid_password_ends_a_backup_at_once_and_publishes_nothing() throws Exception {
        Path before = dolmen.newestBackup();
        Result refused = authenticated("not-the-password").run("backup");
        assertThat(refused.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(refused.output()).contains("HINT:").doesNotContain("not-the-password");
        assertThat(refused.output().lines().filter(line -> line.strip().startsWith("compare-with-druid")))
                .hasSize(1);
        assertThat(dolmen.newestBackup()).isEqualTo(before);
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(authenticated("adminpw").run("backup").status()).isZero();
    }

    /** Waits until the running Dolmen has begun this step. */
    private static void awaitStep(String name) {
        RunJournal journal = new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC());
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> journal.interrupted().stream()
                        .flatMap(run -> journal.steps(run.id()).stream())
                        .anyMatch(step -> step.step().equals(name)));
    }

    private static DolmenCommand authenticated(String password) {
        return dolmen.with("dolmen.druid.user", "admin").with("dolmen.druid.password", password);
    }

    private static void restored(DolmenCommand with, String... command) {
        Result restored = with.run(command);
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
    }

    /** What is live of segments: rows and files. */
    private static String heldBySegments() {
        return sql("SELECT md5(string_agg(id || used, ',' ORDER BY id)) FROM druid_segments")
                + Shell.run(
                        "docker",
                        "exec",
                        "historical",
                        "sh",
                        "-c",
                        "find /opt/shared/segments -type f | sort | md5sum");
    }

    /** Everything that a refused restore must leave alone. */
    private static String fingerprint() {
        return heldBySegments()
                + ContainerSandbox.containers()
                + Shell.run("docker", "exec", "historical", "ls", "-A", "/opt/shared")
                + sql("SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database");
    }

    private static String liveRows() {
        return sql("SELECT string_agg(name || '=' || rows, ', ' ORDER BY name) FROM (SELECT relname AS name,"
                + " (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || quote_ident(relname), false,"
                + " true, '')))[1]::text AS rows FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                + " 'public'::regnamespace AND relname NOT IN ('druid_audit', 'druid_tasks',"
                + " 'druid_tasklocks', 'druid_pendingsegments')) AS tables");
    }

    private static String manifestRows() throws Exception {
        var tables = Json.MAPPER
                .readTree(dolmen.newestBackup().resolve("manifest.json").toFile())
                .get("tables");
        List<String> ofTheMoment = List.of("druid_audit", "druid_tasks", "druid_tasklocks", "druid_pendingsegments");
        return tables.properties().stream()
                .filter(table -> !ofTheMoment.contains(table.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(table -> table.getKey() + "=" + table.getValue())
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }
}
