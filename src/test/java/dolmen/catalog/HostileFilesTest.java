package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dolmen.archive.Tool;
import dolmen.model.DeadLetter;
import dolmen.model.Json;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unusable;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.runs.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers, dead letters and journals that are not what they should be. */
class HostileFilesTest {
    private static final Run RUN = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), Instant.EPOCH);

    @TempDir
    Path folder;

    @Test
    void a_trigger_that_is_a_link_a_folder_or_a_pipe_is_refused_and_not_read() throws Exception {
        Files.writeString(folder.resolve("secret"), "the-secret-of-somebody-else\n");
        for (String make :
                List.of("ln -s secret x.restore", "mkdir x.restore", "mkfifo x.restore", "ln -s /dev/zero x.restore")) {
            Tool.ok(folder, "rm -rf x.restore; " + make);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> Trigger.read(folder.resolve("x.restore")))
                            .as(make)
                            .isInstanceOf(Unusable.class)
                            .hasMessageContaining("no regular file")
                            .message()
                            .doesNotContain("the-secret"));
        }
    }

    @Test
    void a_trigger_that_is_no_text_is_refused_and_its_bytes_are_not_repeated() throws Exception {
        for (byte[] garbage : List.of(
                new byte[] {(byte) 0xff, (byte) 0xfe, 'b', 0},
                "backup=\u0000".getBytes(StandardCharsets.UTF_8),
                "\u001b]0;owned\u0007=1".getBytes(StandardCharsets.UTF_8))) {
            Path trigger = Files.write(folder.resolve("x.restore"), garbage);
            assertThatThrownBy(() -> Trigger.read(trigger))
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("no text")
                    .message()
                    .doesNotContain("\u001b", "\u0000");
        }
    }

    @Test
    void paths_of_a_trigger_must_be_whole_and_are_followed_once() throws Exception {
        BackupFolders folders = new BackupFolders(new Catalog(folder.resolve("backup")), AnyStack.OWN);
        for (String path : List.of("backups/mine", "../mine", "/tmp/../etc", folder + "/..", "~/mine")) {
            assertThatThrownBy(() -> folders.find(from(path))).as(path).isInstanceOf(Unusable.class);
        }
        Path real = Files.createDirectory(folder.resolve("real")).toRealPath();
        Files.createSymbolicLink(folder.resolve("link"), real);
        assertThat(folders.find(from(folder.resolve("link").toString())).folder())
                .isEqualTo(real);
        Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        assertThatThrownBy(() -> folders.find(from(folder.resolve("circle").toString())))
                .isInstanceOf(StepFailure.NothingToRestore.class);
    }

    private RunRequest from(String path) throws Exception {
        return Trigger.read(Files.writeString(folder.resolve("from.restore"), "from=" + path + "\n"));
    }

    @Test
    void a_dead_letter_that_is_none_is_refused() throws Exception {
        Path file = new DeadLetters(folder.resolve("dead-letter"))
                .keep(new DeadLetter(RUN, Optional.empty(), 1, "failed", "", Map.of()));
        String good = Files.readString(file);
        assertThat(DeadLetters.read(file).run()).isEqualTo(RUN);
        for (String wrong : List.of(
                good.replace("\"backup\"", "null"),
                good.replace("\"backup\"", "\"destroy\""),
                Json.MAPPER.readTree(good).get("run").toString(),
                "{}",
                "null",
                "[".repeat(100_000),
                " ".repeat(40 << 20),
                "\u0000")) {
            Path letter = Files.writeString(folder.resolve("x.json"), wrong);
            assertThatThrownBy(() -> DeadLetters.read(letter))
                    .as(wrong.substring(0, Math.min(80, wrong.length())))
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("x.json");
        }
        Tool.ok(folder, "rm x.json; mkfifo x.json");
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> DeadLetters.read(folder.resolve("x.json")))
                        .isInstanceOf(Unusable.class));
    }

    @Test
    void a_journal_that_is_none_is_named_and_nothing_waits_for_it() throws Exception {
        RunJournal journal = new RunJournal(folder, Clock.systemUTC());
        journal.begin(RUN);
        String file = folder.resolve("runs/" + RUN.id() + "/run.json").toString();
        for (String make : List.of(
                "head -c 1000 /dev/urandom > F",
                "echo null > F",
                "echo '{}' > F",
                "truncate -s 20G F",
                "rm F; mkfifo F")) {
            Tool.ok(folder, make.replace("F", "'" + file + "'"));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(journal::interrupted)
                            .as(make)
                            .isInstanceOf(Failed.class)
                            .hasMessageContaining(file));
        }
    }
}
