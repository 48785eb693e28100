package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of the containers of a real engine, and scripts beside them. */
@Needs(Need.ENGINE)
class DockerFilesTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String NAME = DockerFixture.name("host");

    private static DockerFixture docker;
    private static DockerHost host;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
        host = docker.host();
        docker.idleWithVolume(NAME, "/data");
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void archives_keep_owners_and_modes_in_a_running_and_in_a_stopped_container() throws Exception {
        String name = DockerFixture.name("archives");
        docker.idleWithVolume(name, "/data");
        for (int round = 0; round < 2; round++) {
            byte[] content = new byte[3_000_000];
            host.writeArchive(name, "/data", new ByteArrayInputStream(tar("metabase.db.mv.db", content, 2000, 0640)));
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(host.readArchive(name, "/data/metabase.db.mv.db"))) {
                TarArchiveEntry entry = tar.getNextEntry();
                assertThat(entry.getName()).isEqualTo("metabase.db.mv.db");
                assertThat(entry.getLongUserId()).isEqualTo(2000);
                assertThat(entry.getMode() & 0777).isEqualTo(0640);
                assertThat(tar.readAllBytes()).isEqualTo(content);
            }
            host.stop(name);
        }
    }

    @Test
    void a_missing_path_is_told_by_its_cause() {
        assertThatThrownBy(() -> host.readArchive(NAME, "/data/none"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasCauseInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/data/none");
    }

    @Test
    void an_archive_that_is_cut_throws_while_it_is_read() throws Exception {
        shell("dd if=/dev/urandom of=/data/big bs=1048576 count=20 2>/dev/null");
        for (boolean reset : List.of(true, false)) {
            try (CutProxy proxy = new CutProxy(5_000_000, reset);
                    DockerFixture cut = DockerFixture.through(proxy.address());
                    InputStream tar = cut.host().readArchive(NAME, "/data/big")) {
                assertThatThrownBy(() -> tar.transferTo(OutputStream.nullOutputStream()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void a_half_read_archive_is_closed_at_once() throws Exception {
        shell("dd if=/dev/zero of=/data/large bs=1048576 count=300 2>/dev/null");
        long begin = System.nanoTime();
        try (InputStream tar = host.readArchive(NAME, "/data/large")) {
            assertThat(tar.readNBytes(1000)).hasSize(1000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        shell("rm /data/large");
    }

    @Test
    void a_script_beside_a_stopped_service_sees_its_volumes_and_the_folder_as_root() throws Exception {
        String name = DockerFixture.name("beside");
        docker.idleWithVolume(name, "/data");
        host.run(
                name,
                Command.of(LIMIT, "sh", "-c", "echo held > /data/file; chmod 600 /data/file"),
                new ByteArrayOutputStream());
        host.stop(name);
        Outcome outcome = host.runBeside(
                name, "cp /data/file \"$DOLMEN_FOLDER/copy\"; id -u >&2; ls /sys/class/net >&2", Optional.of(folder));
        assertThat(outcome).isEqualTo(new Outcome(0, "0\nlo"));
        assertThat(folder.resolve("copy")).hasContent("held");
        assertThat(host.find(name).orElseThrow().running()).isFalse();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_script_that_fails_tells_why_and_its_container_is_removed() {
        Outcome outcome = host.runBeside(
                NAME, "echo out of paper >&2; yes flood | head -c 3000000 >&2; exit 7", Optional.empty());
        assertThat(outcome.exitStatus()).isEqualTo(7);
        assertThat(outcome.stderr()).endsWith("flood");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_throw_away_container_is_removed_although_it_cannot_start() {
        Path missing = folder.resolve("no-such-folder");
        assertThatThrownBy(() -> host.runBeside(NAME, "true", Optional.of(missing)))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no-such-folder");
        assertThat(missing).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_throw_away_container_is_removed_although_its_run_is_interrupted() throws Exception {
        Thread runner = new Thread(() -> {
            assertThatThrownBy(() -> host.runBeside(NAME, "sleep 4000", Optional.empty()))
                    .isInstanceOf(RuntimeException.class);
        });
        runner.start();
        await().until(() -> !leftovers().isEmpty());
        runner.interrupt();
        runner.join(30_000);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void what_a_killed_run_left_is_removed_and_that_of_another_dolmen_is_not() {
        String ours = ThrowAway.newName(DockerFixture.OWNER);
        String others = ThrowAway.newName("other");
        docker.idle(ours);
        docker.idle(others);
        assertThat(host.removeLeftovers()).containsExactly(ours);
        assertThat(docker.exists(ours)).isFalse();
        assertThat(docker.exists(others)).isTrue();
    }

    private static List<String> leftovers() {
        return docker.client().listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getNames()[0])
                .filter(name -> name.startsWith("/" + ThrowAway.prefix(DockerFixture.OWNER)))
                .toList();
    }

    private static void shell(String script) {
        Outcome outcome = host.run(NAME, Command.of(LIMIT, "sh", "-c", script), new ByteArrayOutputStream());
        assertThat(outcome.exitStatus()).as(outcome.stderr()).isZero();
    }

    private static byte[] tar(String name, byte[] content, int owner, int mode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setIds(owner, owner);
            entry.setMode(mode);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
