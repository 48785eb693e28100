package dolmen.catalog.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.ServedStack;
import dolmen.archive.SafeFiles;
import dolmen.archive.Tool;
import dolmen.catalog.StoreTrip;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that lay in memory alone is restored as one that never left its catalog. */
class MemoryRunsTest {
    private static final String WIKI = "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'";

    @TempDir
    Path home;

    private final InMemoryBackupStore store = new InMemoryBackupStore();
    private ServedStack dolmen;

    @BeforeEach
    void a_stack() throws Exception {
        dolmen = new ServedStack(home);
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    void a_backup_is_sent_and_a_restore_comes_from_what_is_there() throws Exception {
        String before = dolmen.stack.postgres.query(dolmen.stack.database, WIKI);
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.summary()).isTrue();
        Label label = dolmen.catalog.labels().get(0);
        StoreTrip trip = new StoreTrip(dolmen.catalog, store);
        trip.send(label);
        assertThat(store.labels()).containsExactly(label);
        assertThat(store.names(label)).contains(Artifact.METADATA_DUMP, Artifact.SEGMENT_ARCHIVE);
        SafeFiles.remove(dolmen.catalog.folder().resolve(label.text()));
        Tool.ok(dolmen.stack.shared, "rm -r segments/wiki");
        dolmen.stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");

        trip.fetch(label);
        Report restore = dolmen.run(RunRequest.of(Operation.RESTORE, Origin.COMMAND));

        assertThat(restore.succeeded()).as(restore.summary()).isTrue();
        assertThat(dolmen.stack.postgres.query(dolmen.stack.database, WIKI)).isEqualTo(before);
        assertThat(dolmen.stack.shared.resolve("segments/wiki")).isNotEmptyDirectory();
    }
}
