package dolmen.stories;

import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.model.RunId;
import dolmen.model.StepRecord;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.stories.DolmenCommand.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups whose steps meet real trouble: a router that is down, for a while or for good, and what is left of each run. */
@Needs(Need.SANDBOX)
class FailureStoriesTest {
    @TempDir
    static Path home;

    @BeforeAll
    static void a_loaded_stack() {
        assertThat(ContainerSandbox.shared().loaded()).contains("wiki");
    }

    @Test
    void a_step_that_fails_twice_and_then_works_is_repeated_alone() {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("twice"))
                .with("dolmen.retry.attempts", "20")
                .with("dolmen.retry.multiplier", "1");
        RunJournal journal = new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC());
        Shell.run("docker", "stop", "router");
        CompletableFuture<Void> rescue = CompletableFuture.runAsync(() -> {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> journal.interrupted().stream()
                            .anyMatch(run -> failures(journal.steps(run.id()), "compare-with-druid") >= 2));
            Shell.run("docker", "start", "router");
        });
        Result backup = dolmen.run("backup");
        rescue.join();
        assertThat(backup.status()).as(backup.output()).isZero();
        List<StepRecord> steps = journal.reports().get(0).steps();
        assertThat(failures(steps, "compare-with-druid")).isGreaterThanOrEqualTo(2);
        assertThat(steps.stream().filter(step -> step.step().equals("dump-metadata")))
                .hasSize(1);
    }

    @Test
    void a_step_that_gives_up_leaves_a_dead_letter_that_retry_repeats() {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("gives-up")).with("dolmen.retry.attempts", "2");
        Shell.run("docker", "stop", "router");
        Result failed = dolmen.run("backup");
        assertThat(failed.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(failed.output()).contains("HINT:").contains("compare-with-druid");
        assertThat(dolmen.home().resolve("backup"))
                .satisfies(catalog -> assertThat(published(catalog)).isEmpty());
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(dolmen.run("status").status()).isEqualTo(ExitCode.FAILED.status());
        List<RunId> letters = new DeadLetters(dolmen.home().resolve("dead-letter")).list();
        assertThat(letters).hasSize(1);

        Shell.run("docker", "start", "router");
        ContainerSandbox.sandbox("wait");
        Result retried = dolmen.run("retry", letters.get(0).text());
        assertThat(retried.status()).as(retried.output()).isZero();
        assertThat(published(dolmen.home().resolve("backup"))).hasSize(1);
        assertThat(new DeadLetters(dolmen.home().resolve("dead-letter")).list()).isEmpty();
    }

    @Test
    @Tag("SE-01")
    @Tag("SE-02")
    void no_secret_is_in_any_file_any_output_or_any_process_s_arguments() throws Exception {
        List<String> secrets = List.of("FoolishPassword", "Marker-of-Druid", "Marker-of-PostgreSQL");
        DolmenCommand dolmen = new DolmenCommand(home.resolve("secrets"))
                .with("dolmen.retry.attempts", "1")
                .with("dolmen.druid.user", "admin")
                .with("dolmen.druid.password", "Marker-of-Druid")
                .with("dolmen.metadata.password", "Marker-of-PostgreSQL");
        try (ArgumentWatch watch = new ArgumentWatch(secrets)) {
            Result good = dolmen.run("backup");
            assertThat(good.status()).as(good.output()).isZero();
            Result failed =
                    dolmen.with("dolmen.druid.url", "http://127.0.0.1:9").run("backup");
            assertThat(failed.status()).isEqualTo(ExitCode.FAILED.status());
            assertThat(secrets).noneMatch(good.output()::contains).noneMatch(failed.output()::contains);
            assertThat(watch.found()).isEmpty();
            assertThat(watch.looks()).isPositive();
        }
        assertThat(new DeadLetters(dolmen.home().resolve("dead-letter")).list()).hasSize(1);
        try (Stream<Path> files = Files.walk(dolmen.home())) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("dolmen.properties"))
                            .filter(file -> secrets.stream().anyMatch(secret -> holds(file, secret))))
                    .isEmpty();
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    @Tag("SC-03")
    void while_one_run_goes_on_another_is_refused_and_told_why() {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("locked"));
        try (RunLock held = RunLock.take(dolmen.home().resolve("state"), "nightly backup")) {
            assertThat(held).isNotNull();
            Result refused = dolmen.run("backup");
            assertThat(refused.status()).isEqualTo(ExitCode.LOCKED.status());
            assertThat(refused.output()).contains("nightly backup");
        }
    }

    private static List<Path> published(Path catalog) {
        try (Stream<Path> folders = Files.list(catalog)) {
            return folders.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static long failures(List<StepRecord> steps, String name) {
        return steps.stream()
                .filter(step -> step.step().equals(name) && step.failure().isPresent())
                .count();
    }
}
