package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first commands of somebody who has a running stack and nothing else. */
@Needs(Need.SANDBOX)
class DoctorStoriesTest {
    private static final String OTHER = "dolmen-throw-away-tests-other-";

    @TempDir
    static Path home;

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
    }

    @AfterAll
    static void as_it_was_loaded() {
        sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    void what_init_writes_is_found_to_be_well_and_each_fault_of_a_spoiled_stack_is_told() throws Exception {
        Path file = home.resolve("fresh/config/application.properties");
        Result init = DolmenCommand.run(file, "init");
        assertThat(init.status()).as(init.output()).isZero();
        assertThat(Files.readString(file))
                .contains("dolmen.stack.project=dolmen-sandbox", "dolmen.druid.url=http://127.0.0.1:18888")
                .doesNotContain("FoolishPassword");
        keepIn(file, home.resolve("fresh"));

        String written = Files.readString(file);
        Result again = DolmenCommand.run(file, "init");
        assertThat(again.status()).as(again.output()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(again.output()).contains("HINT: ", "--force");
        assertThat(Files.readString(file)).isEqualTo(written);

        Path nowhere = Files.createFile(home.resolve("no-folder")).resolve("application.properties");
        Result unwritable = DolmenCommand.run(nowhere, "init");
        assertThat(unwritable.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(unwritable.output()).contains("cannot write " + nowhere, "HINT: ", "--config");

        Result well = DolmenCommand.run(file, "doctor");
        assertThat(well.status()).as(well.output()).isZero();
        assertThat(well.output()).contains("0 errors", "6 of 6 services run", "the files of all 26 used segments");

        spoil();
        Result spoiled = DolmenCommand.run(file, "doctor");
        assertThat(spoiled.status()).as(spoiled.output()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(spoiled.output())
                .contains("service router does not run")
                .contains("1 of 26 used segments are not covered: no file is there", "missing: 1 of 26", "wiki_2024")
                .contains("1 orphan files with 6 bytes", "segments/wiki/orphan/0/index/00000.smoosh")
                .containsPattern("error +druid ");
        assertThat(DolmenCommand.run(file, "doctor", "--json").output())
                .contains("\"severity\" : \"error\"", "\"check\" : \"druid\"");
    }

    @Test
    void two_stacks_with_the_same_service_names_are_told_apart_by_their_project() throws Exception {
        for (String service : List.of("historical", "coordinator", "router", "postgres")) {
            Shell.run(
                    "docker",
                    "create",
                    "--name",
                    OTHER + service,
                    "--label",
                    "com.docker.compose.project=other",
                    "--label",
                    "com.docker.compose.service=" + service,
                    ContainerSandbox.DRUID_IMAGE,
                    service);
        }
        try {
            Path file = home.resolve("two/config/application.properties");
            Result init = DolmenCommand.run(file, "init");
            assertThat(init.status()).as(init.output()).isEqualTo(ExitCode.REFUSED.status());
            assertThat(init.output())
                    .contains("more than one Druid stack", "project dolmen-sandbox (", "project other (")
                    .contains(OTHER + "historical, not running", "--project NAME");
            assertThat(file).doesNotExist();

            Result named = DolmenCommand.run(file, "init", "--project", "dolmen-sandbox");
            assertThat(named.status()).as(named.output()).isZero();
            assertThat(Files.readString(file)).contains("dolmen.stack.project=dolmen-sandbox");
        } finally {
            for (String service : List.of("historical", "coordinator", "router", "postgres")) {
                Shell.run("docker", "rm", "-f", OTHER + service);
            }
        }
    }

    /** A test writes into folders of its own. */
    private static void keepIn(Path file, Path folder) throws Exception {
        Files.write(
                file,
                List.of(
                        "dolmen.catalog.path=" + folder.resolve("backup"),
                        "dolmen.state.path=" + folder.resolve("state"),
                        "dolmen.inbox.path=" + folder.resolve("inbox"),
                        "dolmen.dead-letter.path=" + folder.resolve("dead-letter")),
                StandardOpenOption.APPEND);
    }

    private static void spoil() {
        String segment = ContainerSandbox.sql("SELECT convert_from(payload, 'UTF8')::json -> 'loadSpec' ->> 'path'"
                + " FROM druid_segments WHERE used AND datasource = 'wiki' ORDER BY id LIMIT 1");
        inHistorical("rm -r '" + segment + "'");
        inHistorical("mkdir -p /opt/shared/segments/wiki/orphan/0/index"
                + " && printf orphan > /opt/shared/segments/wiki/orphan/0/index/00000.smoosh");
        sandbox("stop", "router");
    }

    private static void inHistorical(String script) {
        Shell.run("docker", "exec", "-u", "0", "historical", "sh", "-c", script);
    }
}
