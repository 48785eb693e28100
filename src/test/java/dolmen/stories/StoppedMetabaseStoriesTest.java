package dolmen.stories;

import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metabase runs again whatever ends a backup while it is stopped. */
@Needs(Need.SANDBOX)
class StoppedMetabaseStoriesTest {
    @TempDir
    static Path home;

    @BeforeAll
    static void a_loaded_stack() {
        assertThat(ContainerSandbox.shared().loaded()).contains("wiki");
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    @Tag("DK-11")
    void metabase_runs_again_when_a_backup_is_told_to_end_in_the_middle_of_its_copy() throws Exception {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("terminated"));
        Process backup = whileMetabaseIsStopped(dolmen);
        backup.destroy();
        backup.waitFor();
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(published(dolmen.home().resolve("backup"))).hasSizeLessThan(2);
    }

    @Test
    @Tag("DK-11")
    @Tag("RT-04")
    void metabase_runs_again_after_kill_9_as_soon_as_dolmen_starts_again() throws Exception {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("killed"));
        Process backup = whileMetabaseIsStopped(dolmen);
        backup.destroyForcibly().waitFor();
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(recovered.output()).isZero();
        assertThat(recovered.output()).contains("removed the unfinished backup");
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(published(dolmen.home().resolve("backup"))).isEmpty();
        assertThat(dolmen.run("backup").status()).isZero();
    }

    @Test
    @Tag("T32")
    void a_long_lived_dolmen_that_is_told_to_end_in_the_middle_of_a_copy_ends_within_ten_seconds() throws Exception {
        DolmenCommand dolmen = new DolmenCommand(home.resolve("served"));
        Process served = dolmen.serve();
        Path inbox = dolmen.home().resolve("inbox");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.isDirectory(inbox.resolve("running")));
        Files.createFile(inbox.resolve("now.backup"));
        awaitStopped(dolmen);
        served.destroy();
        assertThat(served.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(state("metabase")).isEqualTo("running");
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(recovered.output()).isZero();
        assertThat(new RunJournal(dolmen.home().resolve("state"), Clock.systemUTC()).reports())
                .as("the run came to its end in time, or was told of as interrupted")
                .hasSize(1);
    }

    private static Process whileMetabaseIsStopped(DolmenCommand dolmen) throws IOException {
        Process backup = dolmen.start("backup");
        awaitStopped(dolmen);
        return backup;
    }

    private static void awaitStopped(DolmenCommand dolmen) {
        Path ledger = dolmen.home().resolve("state").resolve("stopped-services.json");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(ledger) && holds(ledger, "metabase"));
    }

    private static List<Path> published(Path catalog) {
        try (Stream<Path> folders = Files.list(catalog)) {
            return folders.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
