package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.sql;
import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** T49: a stack of which services, or all, were stopped on purpose or by a reboot, and what each command does with it. */
@Needs(Need.SANDBOX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoppedStackStoriesTest {
    private static final List<String> SERVICES = List.of(
            "router", "broker", "middlemanager", "historical", "coordinator", "metabase", "zookeeper", "postgres");
    private static final String USED = "SELECT count(*) FROM druid_segments WHERE used";
    private static final Pattern RUN = Pattern.compile("restore --undo (\\S+)`");

    @TempDir
    static Path home;

    private static ContainerSandbox stack;
    private static DolmenCommand dolmen;
    private static String used;
    private static String run;

    @BeforeAll
    static void a_loaded_stack_and_its_backup() {
        stack = ContainerSandbox.shared();
        used = sql(USED);
        dolmen = new DolmenCommand(home).with("dolmen.druid.verify-limit", "3m");
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
    }

    /** Whatever the story before has left, rows that it took away too: a failure is one of its own. */
    @BeforeEach
    void all_runs_and_serves() {
        start(SERVICES);
        sandbox("wait");
        if (!sql(USED).equals(used)) {
            sandbox("reset");
        }
        stack.awaitLoaded();
    }

    @AfterAll
    static void as_it_was_loaded() {
        start(SERVICES);
        sandbox("wait");
        ContainerSandbox.dropSafetyCopies();
        sandbox("reset");
        assertThat(stack.counts()).isEqualTo(stack.loaded());
    }

    @Test
    @Tag("T49")
    @Order(1)
    void a_restore_that_fails_leaves_down_what_was_down() {
        stop(List.of("router", "metabase", "historical"));
        List<String> before = states();
        Result failed = dolmen.with("dolmen.druid.url", "http://127.0.0.1:1")
                .with("dolmen.druid.verify-limit", "3s")
                .run("restore", "--yes");
        assertThat(failed.status()).as(failed.output()).isEqualTo(ExitCode.FAILED.status());
        assertThat(failed.output()).contains("failed step: verify-restore");
        assertThat(states()).isEqualTo(before);
    }

    @Test
    @Tag("T49")
    @Order(2)
    void a_restore_starts_a_stack_that_does_not_run_and_proves_it() {
        stop(SERVICES);
        Result restored = dolmen.run("restore", "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output())
                .contains(
                        "verified by Druid's API",
                        "started what was down: postgres, zookeeper, coordinator, historical");
        assertThat(states()).containsOnly("running");
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        Matcher undo = RUN.matcher(restored.output());
        assertThat(undo.find()).as(restored.output()).isTrue();
        run = undo.group(1);
    }

    @Test
    @Tag("T49")
    @Order(3)
    void an_undo_starts_a_stack_that_does_not_run() {
        stop(SERVICES);
        Result undone = dolmen.run("restore", "--undo", run, "--yes");
        assertThat(undone.status()).as(undone.output()).isZero();
        assertThat(undone.output()).contains("undid " + run, "started what was down: postgres, zookeeper");
        assertThat(states()).containsOnly("running");
        stack.awaitLoaded();
    }

    @Test
    @Tag("T49")
    @Order(4)
    void a_single_datasource_goes_into_a_stack_that_is_started_for_it() {
        sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        stop(SERVICES);
        Result refused = dolmen.run("restore", "--datasources", "wiki", "--no-start");
        assertThat(refused.status()).as(refused.output()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(refused.output())
                .contains("these services are down: zookeeper, coordinator", "leave out --no-start");
        assertThat(states()).containsOnly("exited");

        Result restored = dolmen.run("restore", "--datasources", "wiki");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("verified by Druid's API", "started what was down: ");
        assertThat(state("metabase")).as("is none of a datasource's business").isEqualTo("exited");
        assertThat(stack.counts()).isEqualTo(stack.loaded());
    }

    @Test
    @Tag("T49")
    @Order(5)
    void what_is_left_down_is_not_called_proven() {
        stop(List.of("historical", "postgres"));
        Result restored = dolmen.run("restore", "--yes", "--no-start");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output())
                .contains("nothing could be proven by Druid's API", "were left so: historical")
                .doesNotContain("verified by Druid's API");
        assertThat(state("historical")).isEqualTo("exited");
        assertThat(state("postgres")).as("ran for the restore alone").isEqualTo("exited");
        assertThat(state("broker")).isEqualTo("running");
    }

    @Test
    @Tag("T49")
    @Order(6)
    void a_backup_of_a_stack_without_its_metadata_store_ends_at_once_and_a_verification_needs_none() {
        stop(List.of("historical", "postgres"));
        Result refused = dolmen.run("backup");
        assertThat(refused.status()).as(refused.output()).isEqualTo(ExitCode.FAILED.status());
        assertThat(refused.output())
                .contains("postgres is not running (exited)", "HINT: Start it: docker start postgres");
        Result verified = dolmen.run("verify");
        assertThat(verified.status()).as(verified.output()).isZero();
    }

    private static List<String> states() {
        return SERVICES.stream().map(ContainerSandbox::state).toList();
    }

    private static void stop(List<String> services) {
        docker("stop --time=1", services);
    }

    private static void start(List<String> services) {
        docker("start", services);
    }

    private static void docker(String verb, List<String> services) {
        List<String> command = new ArrayList<>(List.of(("docker " + verb).split(" ")));
        command.addAll(services);
        Shell.run(command.toArray(String[]::new));
    }
}
