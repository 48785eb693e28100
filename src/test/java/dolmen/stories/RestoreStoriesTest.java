package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.sql;
import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The main job on a real stack in containers: each story loses or spoils something, restores, and compares row counts and
 * sums through the broker. Each one ends with the stack as it was loaded, and the next begins there.
 */
@LastOnSandbox
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Need.SANDBOX)
class RestoreStoriesTest extends BackedUpSandbox {
    @Test
    @Tag("MD-07")
    @Order(1)
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
    @Order(2)
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
                        .id()
                        .text();
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
    @Order(3)
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
    @Order(4)
    void without_metabase_its_database_goes_on_undisturbed() {
        String started = Shell.run("docker", "inspect", "-f", "{{.State.StartedAt}}", "metabase");
        restored(dolmen.with("dolmen.segments.transport", "api"), "restore", "--skip-metabase");
        assertThat(Shell.run("docker", "inspect", "-f", "{{.State.StartedAt}}", "metabase"))
                .isEqualTo(started);
    }

    @Test
    @Order(5)
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
    @Order(6)
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

    /** Waits until the running Dolmen has begun this step. */
    private static void awaitStep(String name) {
        RunJournal journal = new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC());
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> journal.interrupted().stream()
                        .flatMap(run -> journal.steps(run.id()).stream())
                        .anyMatch(step -> step.step().equals(name)));
    }
}
