package dolmen.metabase.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.ServedStack;
import dolmen.metabase.h2.H2Fixture;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.stack.Mount;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a kind of database that nothing outside of this package knows. */
class MemoryRunsTest {
    @TempDir
    Path home;

    private final MemoryKind kind = new MemoryKind();
    private ServedStack dolmen;

    @BeforeEach
    void a_stack_with_a_metabase() throws Exception {
        MemoryHost host = H2Fixture.host();
        host.service("metabase").environment = H2Fixture.variables("MB_DB_TYPE", MemoryKind.WORD);
        for (String service : List.of("postgres", "historical", "coordinator")) {
            host.service(service).mounts = List.of(new Mount("/", Path.of("/"), Optional.empty()));
        }
        dolmen = new ServedStack(home, host, Map.of(MemoryKind.WORD, stack -> kind));
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    void a_backup_saves_the_users_and_a_restore_brings_them_back() {
        kind.database.users = 3;
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.summary()).isTrue();
        kind.database.users = 1;

        Report restore = dolmen.run(RunRequest.of(Operation.RESTORE, Origin.COMMAND));

        assertThat(restore.succeeded()).as(restore.summary()).isTrue();
        assertThat(kind.database.users).isEqualTo(3);
    }
}
