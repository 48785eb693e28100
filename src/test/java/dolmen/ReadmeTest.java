package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.commands.Dolmen;
import dolmen.model.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReadmeTest {
    @Test
    void the_readme_lists_every_exit_status_and_every_command() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        for (ExitCode code : ExitCode.values()) {
            assertThat(readme).contains("| " + code.status() + " | " + code.meaning() + " |");
        }
        for (String command : new CommandLine(new Dolmen()).getSubcommands().keySet()) {
            assertThat(readme).contains("`dolmen " + command);
        }
    }
}
