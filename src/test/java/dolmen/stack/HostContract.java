package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Failed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every host does; a test of each extends this and supplies one with a service that runs. */
public abstract class HostContract {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    protected Path here;

    protected abstract Host host();

    /** The name of a service that runs when a test begins. */
    protected abstract String service();

    /** A folder as the service sees it, which outlives a stop. */
    protected abstract String folder();

    @Test
    void a_service_is_found_as_it_stands() {
        Service found = host().find(service()).orElseThrow();
        assertThat(found.name()).isEqualTo(service());
        assertThat(found.running()).isTrue();
        assertThat(found.mountOf(folder())).isPresent();
        assertThat(found.isContainer()).isEqualTo(host().engine().isPresent());
    }

    @Test
    void stopping_and_starting_may_be_repeated() {
        for (int time = 0; time < 2; time++) {
            host().stop(service());
            assertThat(host().find(service()).orElseThrow().running()).isFalse();
        }
        for (int time = 0; time < 2; time++) {
            host().start(service());
            assertThat(host().find(service()).orElseThrow().running()).isTrue();
        }
    }

    @Test
    void a_program_has_its_variables_and_gives_its_output_messages_and_status() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Command command = new Command(
                List.of("sh", "-c", "echo $WORD; echo sad >&2; exit 3"), Map.of("WORD", new Secret("said")), LIMIT);
        Outcome outcome = host().run(service(), command, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("said\n");
        assertThat(outcome).isEqualTo(new Outcome(3, "sad"));
    }

    @Test
    void a_program_that_outlives_its_limit_has_failed() {
        Command command = Command.of(Duration.ofSeconds(1), "sh", "-c", "sleep 30");
        assertThatThrownBy(() -> host().run(service(), command, OutputStream.nullOutputStream()))
                .isInstanceOf(Failed.class);
    }

    @Test
    void a_file_of_this_machine_is_read_beside_the_service() throws Exception {
        Path file = Files.writeString(here.resolve("it's a file"), "content");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host().runWithFile(service(), file, path -> Command.of(LIMIT, "cat", path), out);
        assertThat(outcome.succeeded()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("content");
        assertThat(file).hasContent("content");
    }

    @Test
    void an_archive_goes_in_and_comes_out_whether_the_service_runs_or_not() throws Exception {
        write("one.txt", "first");
        assertThat(read("one.txt")).isEqualTo("first");
        host().stop(service());
        write("one.txt", "second");
        assertThat(read("one.txt")).isEqualTo("second");
    }

    @Test
    void what_is_not_there_is_told_by_the_cause() {
        assertThatThrownBy(() -> host().readArchive(service(), folder() + "/none"))
                .isInstanceOf(Failed.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_script_beside_sees_the_service_s_folder_and_the_one_that_was_given_though_the_service_is_down()
            throws Exception {
        write("one.txt", "first");
        host().stop(service());
        Path made = here.resolve("it's $made");
        Outcome outcome =
                host().runBeside(service(), "cat " + folder() + "/one.txt > " + Host.inFolder(made), Optional.of(here));
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.succeeded()).isTrue();
        assertThat(made).hasContent("first");
    }

    @Test
    void a_script_beside_that_fails_gives_its_status_and_its_messages() {
        assertThat(host().runBeside(service(), "echo said; echo sad >&2; exit 4", Optional.empty()))
                .isEqualTo(new Outcome(4, "sad"));
    }

    private void write(String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        host().writeArchive(service(), folder(), new ByteArrayInputStream(bytes.toByteArray()));
    }

    private String read(String name) throws IOException {
        try (InputStream in = host().readArchive(service(), folder() + "/" + name);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            assertThat(tar.getNextEntry().getName()).isEqualTo(name);
            return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
