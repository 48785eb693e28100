package dolmen.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.stories.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresProgramsTest {
    @Test
    void the_link_on_the_path_leads_to_the_programs_however_often_they_are_asked_for() {
        String folder = Shell.run("src/sandbox/postgres-programs.sh");

        assertThat(Shell.run("src/sandbox/postgres-programs.sh")).isEqualTo(folder);
        assertThat(Path.of("target/sandbox-build/postgres"))
                .satisfies(link -> assertThat(link.toRealPath())
                        .isEqualTo(Path.of(folder.strip()).toRealPath()));
        assertThat(Shell.run("psql", "--version")).contains("PostgreSQL");
        assertThat(Shell.run(folder.strip() + "/initdb", "--version")).contains("PostgreSQL");
    }
}
