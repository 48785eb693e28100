package dolmen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore, and its undo, is killed with signal 9 at every step and inside every copy: the next start ends it, back or forward. */
@Needs({Need.SANDBOX, Need.ROOT})
class RestoreKillsTest {
    private static final List<String> STEPS = List.of(
            "select-backup",
            "raise-stack",
            "check-target",
            "unpack-segments",
            "load-metadata",
            "clear-past",
            "unpack-metabase",
            "stop-services",
            "swap-segments",
            "swap-metadata",
            "swap-metabase",
            "start-services",
            "match-live-segments",
            "verify-restore");

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen")).with("dolmen.stack.services", "historical");
        bench = FaultBench.of("Restore and undo, killed", dolmen);
    }

    @Test
    void a_killed_restore_is_put_back_whole_and_a_verified_one_stays() throws Exception {
        for (String step : STEPS) {
            Inventory before = bench.before();
            try (HeldDolmen held = HeldDolmen.atStep(step, dolmen, command(step))) {
                bench.killed(step, "kill -9 when it begins", held, before);
            }
        }
        call("unpack-segments", "kill -9 inside the unpacking", "dolmen.archive.TarExtractor", "file", 40);
        String rows = "dolmen.database.postgres.RowCount";
        call("check-target", "kill -9 before the rows are compared that were tried", rows, "of", 0);
        call("load-metadata", "kill -9 before the rows are compared", rows, "of", 1);
        call("swap-segments", "kill -9 between two renames", "dolmen.deepstorage.local.FolderSwap", "rename", 1);
        ofOneDatasource();
        undone();
        bench.close();
    }

    /** Files that were added stay: no row names them. */
    private static void ofOneDatasource() throws Exception {
        for (String step : List.of("add-segments", "swap-datasources", "match-live-segments", "verify-restore")) {
            Inventory before = bench.before();
            try (HeldDolmen held = HeldDolmen.atStep(step, dolmen, "restore", "--datasources", "wiki")) {
                bench.killed(step, "kill -9 when it begins, of one datasource", held, before);
            }
        }
        Inventory before = bench.before();
        try (HeldDolmen held = HeldDolmen.atCall(
                "dolmen.deepstorage.local.FolderMerge$Merging",
                "visitFile",
                7,
                dolmen,
                "restore",
                "--datasources",
                "wiki")) {
            bench.killed("add-segments", "kill -9 between two files", held, before);
        }
    }

    /** A verified restore stays; an undo of it goes back before its first change, and forward from there on. */
    private static void undone() throws Exception {
        Inventory before = bench.before();
        try (HeldDolmen held = HeldDolmen.atStep("keep-safety-copy", dolmen, "restore", "--skip-metabase")) {
            held.kill();
        }
        Result recovered = dolmen.run("recover");
        assertThat(recovered.output()).contains("restored and verified");
        Inventory restored = Inventory.of(dolmen);
        bench.add(
                "keep-safety-copy", "kill -9 when it begins", FaultBench.told(recovered), restored.withCopyOf(before));
        for (String step : List.of("check-undo", "stop-for-undo", "compare-undo", "swap-back")) {
            killedUndo(step, restored);
        }
        killedUndo("drop-undone", before);
    }

    private static void killedUndo(String step, Inventory then) throws Exception {
        try (HeldDolmen held =
                HeldDolmen.atStep(step, dolmen, "restore", "--undo", Spoiled.newestRestore(dolmen), "--yes")) {
            bench.killed(step, "kill -9 when it begins", held, then);
        }
    }

    /** Metabase is stopped where that matters alone. */
    private static String[] command(String step) {
        return step.endsWith("-metabase") ? new String[] {"restore"} : new String[] {"restore", "--skip-metabase"};
    }

    private static void call(String step, String fault, String type, String method, int before) throws Exception {
        Inventory inventory = bench.before();
        try (HeldDolmen held = HeldDolmen.atCall(type, method, before, dolmen, "restore", "--skip-metabase")) {
            bench.killed(step, fault, held, inventory);
        }
    }
}
