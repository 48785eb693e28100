package dolmen.faults;

import backup.BackupSteps;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is killed with signal 9 at every step and inside every copy: nothing is lost, and nothing half done stays. */
@Needs({Need.SANDBOX, Need.ROOT})
class BackupKillsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen"));
        bench = FaultBench.of("Backup, killed", dolmen);
    }

    @Test
    void a_killed_backup_leaves_everything_as_it_was() throws Exception {
        DolmenCommand copying = dolmen.with("dolmen.copy.to", "file:" + home.resolve("copies"));
        for (String step : BackupSteps.ALL) {
            if (!step.equals("upload-backup")) { // killed inside of it, with a bucket: InsideKillsTest
                atStep(step, step.equals("copy-backup") ? copying : dolmen);
            }
        }
        call("dump-metadata", "kill -9 while the dump is read", "dolmen.database.postgres.CopyTable", "<init>", 3);
        call("archive-segments", "kill -9 inside the archive", "dolmen.archive.TarWriter", "file", 40);
        call(
                dolmen.with("dolmen.segments.transport", "sidecar"),
                "archive-segments",
                "kill -9 beside the container that packs",
                "dolmen.stack.docker.ThrowAwayRuns",
                "copyLog",
                1);
        call("archive-metabase", "kill -9 while Metabase is down", "dolmen.metabase.h2.H2Backup", "write", 0);
        call("publish-backup", "kill -9 just before the rename", "dolmen.catalog.Catalog", "publish", 0);
        bench.close();
    }

    private static void atStep(String step, DolmenCommand with) throws Exception {
        Inventory before = bench.before();
        try (HeldDolmen held = HeldDolmen.atStep(step, with, "backup")) {
            bench.killed(step, "kill -9 when it begins", held, before);
        }
    }

    private static void call(String step, String fault, String type, String method, int before) throws Exception {
        call(dolmen, step, fault, type, method, before);
    }

    private static void call(DolmenCommand with, String step, String fault, String type, String method, int before)
            throws Exception {
        Inventory inventory = bench.before();
        try (HeldDolmen held = HeldDolmen.atCall(type, method, before, with, "backup")) {
            bench.killed(step, fault, held, inventory);
        }
    }
}
