package dolmen.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarTarget;
import dolmen.catalog.BackupDestination;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.catalog.OwnStack;
import dolmen.model.BackupRun;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishBackupTest {
    @TempDir
    Path folder;

    @Test
    @Tag("T47")
    void a_backup_that_exists_is_of_a_known_stack_even_when_the_process_ends_right_then() throws Exception {
        OwnStack own = new OwnStack(folder.resolve("state"), Optional.empty());
        StackIdentity stack = new StackIdentity(
                Optional.empty(),
                Optional.of("7713927283278026467"),
                Optional.of("druid"),
                Optional.of("/opt/shared"),
                Optional.empty(),
                new TreeMap<>());
        Run run = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), Instant.EPOCH);
        BackupRun backup = BackupRun.begin(run, new Label("20261124-020000"), folder, stack);
        PublishBackup publishing = new PublishBackup(new EndsWhenPublished(), own);
        assertThatThrownBy(() -> publishing.run(backup, Meter.NONE)).hasMessage("the process ended");
        assertThat(own.known()).isEqualTo(stack);
    }

    /** A stand-in for the moment after the rename. */
    private static final class EndsWhenPublished implements BackupDestination {
        @Override
        public BackupRun publish(BackupRun backup, Meter meter) {
            throw new IllegalStateException("the process ended");
        }

        @Override
        public void removeUnfinished() {}

        @Override
        public void requireRoom(Kind kind, StackIdentity stack) {}

        @Override
        public Found base(StackIdentity stack, Meter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TarTarget archive(Path staging, Label label) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isHere() {
            return true;
        }
    }
}
