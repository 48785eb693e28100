package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import dolmen.stack.ReadPosition;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Need.ENGINE)
class DockerProgramsTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long MIB = 1024 * 1024;

    private static DockerFixture docker;
    private static DockerHost host;
    private static final String NAME = DockerFixture.name("programs");

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
        host = docker.host();
        docker.idle(NAME);
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    @Tag("DK-09")
    @Tag("MD-22")
    void more_than_the_heap_holds_arrives_unchanged() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(700 * MIB);
        shell("dd if=/dev/urandom of=/data/big bs=1048576 count=100 2>/dev/null");
        String seven = "for copy in 1 2 3 4 5 6 7; do cat /data/big; done";
        String expected = shell("(" + seven + ") | sha256sum").substring(0, 64);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Outcome outcome = host.run(
                NAME,
                Command.of(LIMIT, "sh", "-c", seven),
                new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        shell("rm /data/big");
        assertThat(outcome.exitStatus()).isZero();
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
    }

    @Test
    @Tag("MD-02")
    void no_terminal_changes_the_bytes() {
        assertThat(shell("printf 'a\\nb\\r\\n\\001\\377'; test -t 1 || echo none"))
                .isEqualTo("a\nb\r\n\u0001\u00ffnone\n");
    }

    @Test
    void the_exit_status_and_stderr_are_told() {
        Outcome outcome = host.run(
                NAME,
                Command.of(LIMIT, "sh", "-c", "echo 'no such table' >&2; exit 3"),
                OutputStream.nullOutputStream());
        assertThat(outcome).isEqualTo(new Outcome(3, "no such table"));
    }

    @Test
    void a_program_that_does_not_exist_has_status_127() {
        Outcome outcome = host.run(NAME, Command.of(LIMIT, "pg_dumpp"), OutputStream.nullOutputStream());
        assertThat(outcome.exitStatus()).isEqualTo(127);
        assertThat(outcome.stderr()).contains("pg_dumpp");
    }

    @Test
    @Tag("SE-01")
    void variables_reach_the_program_and_nobody_else() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Command command = new Command(
                List.of("sh", "-c", "echo $PGPASSWORD; cat /proc/self/cmdline"),
                Map.of("PGPASSWORD", new Secret("S3cr3t-Marker")),
                LIMIT);
        host.run(NAME, command, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("S3cr3t-Marker\n")
                .containsOnlyOnce("S3cr3t");
        assertThat(command.toString()).doesNotContain("S3cr3t");
    }

    @Test
    void a_file_is_put_for_the_containers_user_alone_and_removed() throws Exception {
        String name = DockerFixture.name("user");
        docker.idle(name, create -> create.withUser("app"));
        Path dump = Files.writeString(folder.resolve("dump.sql"), "select 1;\n".repeat(100_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host.runWithFile(
                name,
                dump,
                path -> Command.of(LIMIT, "sh", "-c", "stat -c '%a %u' \"$0\"; echo \"$0\"; wc -c < \"$0\"", path),
                out);
        assertThat(outcome.succeeded()).isTrue();
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines[0]).isEqualTo("600 1000");
        assertThat(lines[1]).startsWith("/tmp/dolmen-put-").endsWith("/dump.sql");
        assertThat(lines[2]).isEqualTo("1000000");
        assertThat(shellIn(name, "ls -a /tmp")).doesNotContain("dolmen-put");
    }

    @Test
    void how_far_a_program_has_read_its_file_is_told_while_it_runs() throws Exception {
        Path dump = Files.write(folder.resolve("dump.sql"), new byte[100_000]);
        AtomicLong position = new AtomicLong();
        String reader = "exec < \"$0\"; dd bs=1000 count=10 > /dev/null 2>&1; sleep 5; exit 3";

        CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> host.runWithFile(
                NAME,
                dump,
                path -> new Command(ReadPosition.around(path, List.of("sh", "-c", reader, path)), Map.of(), LIMIT),
                ReadPosition.stdout(position::set)));

        await().until(() -> position.get() == 10_000 || run.isDone());
        assertThat(run).isNotDone();
        assertThat(run.get().exitStatus()).isEqualTo(3);
    }

    @Test
    void a_folder_in_memory_that_the_engine_cannot_reach_is_told() throws Exception {
        String name = DockerFixture.name("memory");
        docker.idle(name, create -> {
            create.getHostConfig().withTmpFs(Map.of("/tmp", ""));
            return create;
        });
        Path dump = Files.writeString(folder.resolve("dump.sql"), "select 1;\n");
        assertThatThrownBy(() -> host.runWithFile(
                        name, dump, path -> Command.of(LIMIT, "cat", path), OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("/tmp of " + name);
        assertThat(shellIn(name, "ls -a /tmp")).doesNotContain("dolmen-put");
    }

    @Test
    void a_file_is_removed_although_the_command_fails() throws Exception {
        Path dump = Files.writeString(folder.resolve("dump.sql"), "select 1;\n");
        assertThatThrownBy(() -> host.runWithFile(
                        NAME,
                        dump,
                        path -> Command.of(Duration.ofSeconds(1), "sleep", "4716"),
                        OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class);
        assertThat(shell("ls -a /tmp")).doesNotContain("dolmen-put");
    }

    private static String shell(String script) {
        return shellIn(NAME, script);
    }

    private static String shellIn(String name, String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host.run(name, Command.of(LIMIT, "sh", "-c", script), out);
        assertThat(outcome.exitStatus()).as(outcome.stderr()).isZero();
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
