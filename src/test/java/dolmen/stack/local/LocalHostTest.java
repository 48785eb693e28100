package dolmen.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.StackSettings;
import dolmen.stack.Command;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Tail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void services_stop_and_start_by_the_configured_commands() {
        LocalHost host = withFlags();
        host.start("druid-router");
        assertThat(host.find("druid-router").orElseThrow().running()).isTrue();
        host.stop("druid-router");
        assertThat(host.find("druid-router").orElseThrow().running()).isFalse();
    }

    @Test
    @Tag("T16")
    void T16_a_command_that_is_not_set_is_known_before_it_is_needed() {
        assertThat(withFlags().whyNotRestarted()).isEmpty();
        assertThat(new LocalHost(LocalSettings.of(LIMIT, "true", null, null)).whyNotRestarted())
                .contains("dolmen.stack.stop-command is not set");
        assertThat(new LocalHost(LocalSettings.of(LIMIT, null, "true", null)).whyNotRestarted())
                .contains("dolmen.stack.start-command is not set");
    }

    @Test
    void a_start_command_that_leaves_a_daemon_behind_is_not_waited_for() {
        LocalHost host = host("sleep 4720 & echo $! > '" + folder + "/pid'", "kill $(cat '" + folder + "/pid')");
        long begin = System.nanoTime();
        host.start("router");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        host.stop("router");
    }

    @Test
    @Tag("T7")
    void T7_what_a_command_says_lies_in_the_folder_that_the_next_run_empties() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Path said = folder.resolve("said");
        Mark mark = new Mark(() -> "owner", () -> true, () -> scratch);

        new LocalHost(settings("readlink /proc/self/fd/2 > " + said, "true", null), mark).start("router");

        assertThat(said).content().startsWith(scratch + "/dolmen-command-");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    @Tag("T53")
    void T53_a_service_is_started_though_the_state_folder_cannot_be_written_or_is_gone() {
        Path flag = folder.resolve("started");
        Mark unwritable = new Mark(() -> "owner", () -> true, () -> {
            throw new StepFailure.Failed("cannot create the folder scratch", "Look at the disk.");
        });
        new LocalHost(settings("touch " + flag, "true", null), unwritable).start("router");
        assertThat(flag).exists();

        Mark gone = new Mark(() -> "owner", () -> true, () -> folder.resolve("gone"));
        new LocalHost(settings("rm " + flag, "true", null), gone).start("router");
        assertThat(flag).doesNotExist();
    }

    @Test
    void a_command_that_fails_or_is_missing_says_which() {
        assertThatThrownBy(() -> host("echo no unit >&2; exit 5", "true").start("router"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("dolmen.stack.start-command ended with 5: no unit");
        assertThatThrownBy(() -> new LocalHost(settings(null, null, null)).stop("router"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("dolmen.stack.stop-command is not set");
    }

    @Test
    void a_stop_command_that_hangs_is_ended() {
        LocalHost host = new LocalHost(settings("true", "sleep 4721", null));
        assertThatThrownBy(() -> host.stop("router"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("within 2 s");
        assertThat(commandLines()).noneMatch(line -> line.contains("sleep 4721"));
    }

    @Test
    void a_name_that_would_be_a_command_is_unusable() {
        assertThatThrownBy(() -> host("true", "true").stop("x; touch /tmp/owned"))
                .isInstanceOf(StepFailure.Unusable.class);
    }

    @Test
    void a_program_gives_its_output_status_and_messages() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Command command = new Command(
                List.of("sh", "-c", "echo $PGPASSWORD; yes flood | head -c 1048576 >&2; echo end >&2; exit 3"),
                Map.of("PGPASSWORD", new Secret("S3cr3t-Marker")),
                LIMIT);
        Outcome outcome = withFlags().run("postgres", command, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("S3cr3t-Marker\n");
        assertThat(outcome.exitStatus()).isEqualTo(3);
        assertThat(outcome.stderr()).endsWith("end").hasSizeLessThanOrEqualTo(Tail.LIMIT);
    }

    @Test
    void a_program_that_outlives_its_limit_is_ended_with_all_it_started() {
        Command command = Command.of(Duration.ofSeconds(1), "sh", "-c", "sleep 4722 & sleep 4723");
        assertThatThrownBy(() -> withFlags().run("postgres", command, OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("within 1 s");
        assertThat(commandLines()).noneMatch(line -> line.contains("sleep 472"));
    }

    @Test
    void a_program_that_closes_its_output_and_goes_on_is_ended_at_its_limit() {
        Command command = Command.of(Duration.ofSeconds(1), "sh", "-c", "exec >&- 2>&-; sleep 4724");
        assertThatThrownBy(() -> withFlags().run("postgres", command, OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("within 1 s");
        assertThat(commandLines()).noneMatch(line -> line.contains("sleep 4724"));
    }

    @Test
    void a_program_that_does_not_exist_is_told() {
        assertThatThrownBy(() -> withFlags()
                        .run("postgres", Command.of(LIMIT, "no-such-program"), OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void a_reader_that_fails_ends_the_program() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> withFlags().run("postgres", Command.of(LIMIT, "yes"), full))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void a_script_beside_finds_its_folder_in_the_variable() {
        Outcome outcome = withFlags().runBeside("any", "touch \"$DOLMEN_FOLDER/made\"; pwd >&2", Optional.of(folder));
        assertThat(outcome.succeeded()).isTrue();
        assertThat(folder.resolve("made")).exists();
    }

    private static List<String> commandLines() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    private LocalHost withFlags() {
        return new LocalHost(LocalSettings.flags(folder));
    }

    private static LocalHost host(String start, String stop) {
        return new LocalHost(settings(start, stop, null));
    }

    private static StackSettings settings(String start, String stop, String running) {
        return LocalSettings.of(Duration.ofSeconds(2), start, stop, running);
    }
}
