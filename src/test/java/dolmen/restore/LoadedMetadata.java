package dolmen.restore;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.LoadRules;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stack in the middle of things, and its backup loaded beside it to be cleaned. */
abstract class LoadedMetadata {
    static final String LOAD_FOREVER = "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}]";

    @TempDir
    Path home;

    PlainStack stack;
    String side;

    @BeforeEach
    void a_stack_in_the_middle_of_things() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.supervisor("wiki", false);
        stack.offset("wiki", 100);
        stack.sql("UPDATE druid_tasks SET active = true WHERE datasource <> 'wiki';"
                + "INSERT INTO druid_tasklocks (task_id, lock_payload) VALUES ('t', 'lock');"
                + "INSERT INTO druid_pendingsegments SELECT 'p' || n, 'wiki', 'now', 'a', 'b', 's', '', 'x' || n, 'p'"
                + " FROM generate_series(1, 5) n");
    }

    List<String> clean(BackupContents backup) {
        return cleaning().clean(loaded(backup));
    }

    CleanMetadata cleaning() {
        return new CleanMetadata(
                stack.metadata, stack.settings, stack::identity, run -> new LoadRules(LOAD_FOREVER, run.begun()));
    }

    RestoreRun loaded(BackupContents backup) {
        RestoreRun restore = stack.restore(backup);
        side = stack.metadata.loaded(restore.run().mark()).name();
        stack.metadata.load(restore.run().mark(), backup.file(Artifact.METADATA_DUMP), restore.dump(), Meter.NONE);
        return restore;
    }
}
