package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.PipelinePicture;
import dolmen.app.RouteModel;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.runs.TriggerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps docs/reference and the picture of the pipelines: they say what the code says. */
class ReferenceTest {
    private static final Path FOLDER = Path.of("docs/reference");

    @TempDir
    Path home;

    @Test
    void the_settings_are_those_of_the_code() throws Exception {
        Page.check(FOLDER.resolve("settings.md"), new SettingsPage().text());
    }

    @Test
    void the_commands_are_those_of_the_code() throws Exception {
        Page.check(FOLDER.resolve("commands.md"), new CommandsPage().text());
    }

    @Test
    void the_steps_are_those_of_the_routes() throws Exception {
        Page.check(FOLDER.resolve("steps.md"), new StepsPage(new RouteModel(home)).text());
    }

    @Test
    void the_exit_statuses_are_those_of_the_code() throws Exception {
        Page.check(FOLDER.resolve("exit-statuses.md"), """
                # Exit statuses

                Of every command, and of the reports of runs. Made from the code: `%s`.

                %s""".formatted(
                Page.MADE_BY,
                Page.table(
                        List.of("status", "in reports", "meaning"),
                        Stream.of(ExitCode.values())
                                .map(code -> List.of(String.valueOf(code.status()), "`" + code + "`", code.meaning()))
                                .toList())));
    }

    @Test
    void the_triggers_are_those_of_the_code() throws Exception {
        String triggers = Stream.of(Operation.values())
                .filter(operation -> !TriggerKey.of(operation).isEmpty())
                .map(ReferenceTest::trigger)
                .collect(Collectors.joining("\n"));
        Page.check(FOLDER.resolve("triggers.md"), """
                # Triggers

                A file dropped into `dolmen.inbox.path` while `dolmen run` is up; its ending says what to do. Empty, it means the
                defaults; else it has lines of `key=value`, and `#` begins a comment. A line that is not understood refuses the
                whole trigger. Its report appears in `done/` or `failed/`, as `NAME.report.txt` and `NAME.report.json`. A dead letter
                (`.json`) is a trigger, too: it repeats its run. Made from the code: `%s`.

                %s""".formatted(Page.MADE_BY, triggers));
    }

    @Test
    void the_picture_shows_the_routes_as_they_are() throws Exception {
        RouteModel model = new RouteModel(home);
        String again = "while segments vanish";
        String picture = new PipelinePicture()
                .with("backup", model.steps("backup"), again)
                .with("restore", model.steps("restore"), again)
                .with("restore of single datasources", model.steps("restore-datasources"), again)
                .text();
        Page.check(Path.of("docs/pipelines.svg"), picture);
        assertThat(Files.readString(Path.of("README.md"))).contains("(docs/pipelines.svg)");
    }

    private static String trigger(Operation operation) {
        return "## *." + operation.word() + "\n\n"
                + Page.table(
                        List.of("line", ""),
                        TriggerKey.of(operation).stream()
                                .map(key -> List.of("`" + key.word() + "=" + key.value() + "`", key.meaning()))
                                .toList());
    }
}
