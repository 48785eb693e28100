package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.storage.S3Server;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One datasource of a stack that goes on running: lost, brought back, taken back, and fetched from a bucket by ranges. */
@Needs(Need.SANDBOX)
class DatasourceStoriesTest {
    private static final Pattern FETCHED = Pattern.compile("fetched from the bucket: (\\d+) bytes");
    private static final Pattern RUN = Pattern.compile("dolmen restore --undo (\\S+)`");

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_loaded_stack_and_its_backup() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home).with("dolmen.druid.verify-limit", "5m");
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    void a_lost_datasource_comes_back_beside_running_services_and_the_others_stay_as_they_are() throws Exception {
        String wiki = line("wiki");
        sandbox("compact");
        String clicks = line("clicks");
        assertThat(clicks).isNotEqualTo(loaded("clicks"));
        lose("wiki");
        String started = started();

        assertThat(dolmen.run("restore", "--datasources", "wikki").status())
                .isEqualTo(ExitCode.NOTHING_TO_RESTORE.status());
        Result plan = dolmen.run("plan", "--datasources", "wiki");
        assertThat(plan.status()).as(plan.output()).isZero();
        assertThat(plan.output())
                .contains("beside the running services", "wiki: used segments 4 added, 0 kept, 0 lost");
        Result restored = dolmen.run("restore", "--datasources", "wiki");

        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output())
                .contains("datasource wiki: 4 segments used")
                .doesNotContain("clicks");
        await("wiki", wiki);
        assertThat(line("clicks")).isEqualTo(clicks);
        assertThat(started()).isEqualTo(started);
        undo(restored);
        fromTheBucketAlone(wiki);
        assertThat(line("clicks")).isEqualTo(clicks);
        assertThat(started()).isEqualTo(started);
    }

    private void undo(Result restored) {
        Matcher run = RUN.matcher(restored.output());
        assertThat(run.find()).as(restored.output()).isTrue();
        Result undone = dolmen.run("restore", "--undo", run.group(1));
        assertThat(undone.status()).as(undone.output()).isZero();
        await("wiki", "");
        assertThat(ContainerSandbox.sql("SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'"))
                .isEqualTo("0");
    }

    private void fromTheBucketAlone(String wiki) throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            Result uploaded = server.in(dolmen).run("upload");
            assertThat(uploaded.status()).as(uploaded.output()).isZero();
            DolmenCommand elsewhere =
                    server.in(new DolmenCommand(home.resolve("elsewhere")).with("dolmen.druid.verify-limit", "5m"));
            Result restored = elsewhere.run("restore", "--datasources", "wiki");
            assertThat(restored.status()).as(restored.output()).isZero();
            await("wiki", wiki);
            Matcher fetched = FETCHED.matcher(restored.output());
            assertThat(fetched.find()).as(restored.output()).isTrue();
            assertThat(Long.parseLong(fetched.group(1)))
                    .isLessThan(Files.size(dolmen.newestBackup().resolve("druid_shared.tar")) / 2);
            assertThat(Files.exists(home.resolve("elsewhere/backup"))).isFalse();
        }
    }

    /** As a person does by mistake, and as a kill task does. */
    private static void lose(String datasource) {
        ContainerSandbox.sql("DELETE FROM druid_segments WHERE datasource = '" + datasource + "'");
        Shell.run("docker", "exec", "-u", "0", "historical", "rm", "-r", "/opt/shared/segments/" + datasource);
        await(datasource, "");
    }

    private static void await(String datasource, String expected) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> line(datasource).equals(expected));
    }

    private static String line(String datasource) {
        return lineOf(datasource, ContainerSandbox.shared().counts());
    }

    private static String loaded(String datasource) {
        return lineOf(datasource, ContainerSandbox.shared().loaded());
    }

    private static String lineOf(String datasource, String counts) {
        return counts.lines()
                .filter(line -> line.startsWith(datasource + " "))
                .findFirst()
                .orElse("");
    }

    /** When each container was started. */
    private static String started() {
        return Shell.run(
                "docker",
                "inspect",
                "-f",
                "{{.Name}} {{.State.StartedAt}}",
                "coordinator",
                "historical",
                "broker",
                "router",
                "postgres");
    }
}
