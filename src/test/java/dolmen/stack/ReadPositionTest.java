package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.docker.DockerFixture;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Needs(Need.ENGINE)
class ReadPositionTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void what_follows_a_program_ends_with_it_where_nobody_reaps_processes() throws Exception {
        String name = DockerFixture.name("unreaped");
        try (DockerFixture docker = DockerFixture.open()) {
            docker.idle(name, create -> create.withCmd("/bin/sleep", "3600"));
            // The shell around the program is killed, so that the program's end is seen by the first process alone.
            List<String> killed =
                    new ArrayList<>(List.of("sh", "-c", "\"$@\" > /dev/null 2>&1 & sleep 1; kill -9 $!", "killer"));
            killed.addAll(ReadPosition.around("/none", List.of("sleep", "2")));
            docker.host().run(name, new Command(killed, Map.of(), LIMIT), OutputStream.nullOutputStream());

            assertThat(commandLines(docker, name)).contains("fdinfo");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(commandLines(docker, name)).doesNotContain("fdinfo"));
        }
    }

    private static String commandLines(DockerFixture docker, String name) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        docker.host().run(name, Command.of(LIMIT, "sh", "-c", "cat /proc/[0-9]*/cmdline 2>&1; true"), output);
        return output.toString(StandardCharsets.UTF_8);
    }
}
