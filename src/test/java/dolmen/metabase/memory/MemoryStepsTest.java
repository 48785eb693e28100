package dolmen.metabase.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.backup.ArchiveMetabase;
import dolmen.backup.ExpectedBytes;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metabase.h2.H2Fixture;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.BackupContents;
import dolmen.model.BackupRun;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.restore.SwapMetabase;
import dolmen.restore.UnpackMetabase;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a backup and of a restore with a kind that nothing outside of this package knows. */
class MemoryStepsTest {
    @TempDir
    Path folder;

    private final MemoryKind kind = new MemoryKind();

    @Test
    void a_backup_and_a_restore_go_through_their_steps() throws Exception {
        MemoryHost host = H2Fixture.host();
        host.service("metabase").environment = H2Fixture.variables("MB_DB_TYPE", MemoryKind.WORD);
        MetabaseData metabase = new MetabaseData(
                new MetabaseStack(H2Fixture.settings(Kind.AUTO, "metabase", null), host, null, folder),
                Map.of(MemoryKind.WORD, made -> kind));
        kind.database.users = 3;
        ArchiveMetabase archive =
                new ArchiveMetabase(metabase, new MetabaseApi(Optional.empty()), new ExpectedBytes(Optional::empty));
        BackupRun backup = archive.run(
                BackupRun.begin(run(Operation.BACKUP), new Label("20261124-020000"), folder, null), Meter.NONE);
        ApplicationDatabaseCopy copy = backup.metabase().orElseThrow();
        assertThat(copy.kind()).isEqualTo(MemoryKind.WORD);
        assertThat(copy.image()).isEqualTo("metabase/metabase:v0.49.3");
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(copy), ApplicationDatabaseCopy.class))
                .isEqualTo(copy);

        kind.database.users = 1;
        BackupContents source = BackupContents.begin(folder, Optional.empty());
        assertThat(metabase.held(source).orElseThrow().counts()).containsEntry("core_user", 3L);
        assertThat(metabase.compare(copy).refusals()).isEmpty();
        RestoreRun restore =
                new UnpackMetabase(metabase).run(RestoreRun.begin(run(Operation.RESTORE), source), Meter.NONE);
        assertThat(kind.database.users).isEqualTo(1);
        new SwapMetabase(metabase).run(restore);
        assertThat(kind.database.users).isEqualTo(3);
        metabase.database().swapBack(restore.run().mark());
        assertThat(kind.database.users).isEqualTo(1);
    }

    private static Run run(Operation operation) {
        return Run.begin(RunRequest.of(operation, Origin.COMMAND), Instant.EPOCH);
    }
}
