package dolmen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import backup.BackupSteps;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is killed with signal 9 at every step and inside every copy: nothing is lost, and nothing half done stays. */
class BackupKillsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home.resolve("dolmen"));
        assertThat(dolmen.run("backup").status()).isZero();
    }

    @AfterAll
    static void the_good_backup_is_still_good() {
        assertThat(dolmen.run("verify").status()).isZero();
    }

    @Test
    void a_killed_backup_leaves_everything_as_it_was() throws Exception {
        FaultTable table = new FaultTable("Backup, killed");
        FaultBench bench = new FaultBench(table, dolmen);
        for (String step : BackupSteps.ALL) {
            Inventory before = bench.before();
            try (HeldDolmen held = HeldDolmen.atStep(step, dolmen, "backup")) {
                bench.killed(step, "kill -9 when it begins", held, before);
            }
        }
        call(bench, "dump-metadata", "kill -9 while the dump is read", "dolmen.metadata.CopyTable", "<init>", 3);
        call(bench, "archive-segments", "kill -9 inside the archive", "dolmen.archive.TarWriter", "file", 40);
        call(bench, "archive-metabase", "kill -9 while Metabase is down", "dolmen.metabase.H2Backup", "write", 0);
        call(bench, "publish-backup", "kill -9 just before the rename", "dolmen.catalog.Catalog", "publish", 0);
        table.close();
    }

    private static void call(FaultBench bench, String step, String fault, String type, String method, int before)
            throws Exception {
        Inventory inventory = bench.before();
        try (HeldDolmen held = HeldDolmen.atCall(type, method, before, dolmen, "backup")) {
            bench.killed(step, fault, held, inventory);
        }
    }
}
