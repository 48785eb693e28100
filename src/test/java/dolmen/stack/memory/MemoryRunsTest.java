package dolmen.stack.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.ServedStack;
import dolmen.archive.Tool;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.stack.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a host that is neither this machine nor an engine: nothing of a run knows where the services are. */
class MemoryRunsTest {
    private static final String WIKI = "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'";

    @TempDir
    Path home;

    private final MemoryHost host = new MemoryHost();
    private ServedStack dolmen;

    @BeforeEach
    void a_stack_whose_services_are_in_memory() throws Exception {
        Mount everything = new Mount("/", Path.of("/"), Optional.empty());
        List.of("postgres", "historical", "coordinator")
                .forEach(service -> host.service(service).mounts = List.of(everything));
        dolmen = new ServedStack(home, host);
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    void a_backup_is_made_and_a_restore_stops_and_starts_the_services() throws Exception {
        String before = dolmen.stack.postgres.query(dolmen.stack.database, WIKI);
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.summary()).isTrue();
        assertThat(host.calls).isEmpty();

        Tool.ok(dolmen.stack.shared, "rm -r segments/wiki");
        dolmen.stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Report restore = dolmen.run(RunRequest.of(Operation.RESTORE, Origin.COMMAND));

        assertThat(restore.succeeded()).as(restore.summary()).isTrue();
        assertThat(dolmen.stack.postgres.query(dolmen.stack.database, WIKI)).isEqualTo(before);
        assertThat(dolmen.stack.shared.resolve("segments/wiki")).isNotEmptyDirectory();
        assertThat(host.calls)
                .containsExactly("stop historical", "stop coordinator", "start coordinator", "start historical");
    }
}
