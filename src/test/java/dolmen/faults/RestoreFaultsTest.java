package dolmen.faults;

import static dolmen.faults.FaultBench.NOTHING;
import static dolmen.faults.FaultBench.paused;
import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.INCOMPLETE;
import static dolmen.model.ExitCode.LOCKED;
import static dolmen.model.ExitCode.NOTHING_TO_RESTORE;
import static dolmen.model.ExitCode.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.faults.FaultBench.Fault;
import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunLock;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore fails at each step in turn: it says so, and rows, files, databases and services are what they were. */
@Needs({Need.SANDBOX, Need.ROOT})
class RestoreFaultsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen"))
                .with("dolmen.stack.services", "historical")
                .with("dolmen.retry.attempts", "2")
                .with("dolmen.retry.delay", "0.2s");
        bench = FaultBench.of("Restore", dolmen);
    }

    @Test
    void a_restore_that_fails_leaves_everything_as_it_was() throws Exception {
        beforeAnyChange();
        unconfirmed();
        hostile();
        besideTheStack();
        withServicesDown();
        metabaseAndTheStart();
        afterTheSwap();
        verified();
        bench.close();
    }

    private static void beforeAnyChange() throws Exception {
        Path state = dolmen.home().resolve("state");
        restore(
                "take-lock",
                "a second Dolmen is at work",
                LOCKED,
                () -> RunLock.take(state, "a backup")::close,
                dolmen);
        DolmenCommand empty =
                dolmen.with("dolmen.catalog.path", home.resolve("empty").toString());
        restore("select-backup", "the catalog is empty", NOTHING_TO_RESTORE, NOTHING, empty);
        bench.during(
                "select-backup",
                "there is no such backup",
                NOTHING_TO_RESTORE,
                NOTHING,
                dolmen,
                "restore",
                "20200101-000000");
        restore("check-files", "the dump was cut", FAILED, cut("druid_metadata_dump.sql"), dolmen);
        restore("check-files", "the archive was cut", FAILED, cut("druid_shared.tar"), dolmen);
        DolmenCommand noEngine = dolmen.with("dolmen.docker.host", "unix:///no.sock");
        restore("raise-stack", "the Docker engine does not answer", FAILED, NOTHING, noEngine);
        DolmenCommand hurried = dolmen.with("dolmen.metadata.limit", "5s");
        restore("raise-stack", "PostgreSQL is paused", FAILED, paused("postgres"), hurried);
    }

    private static void unconfirmed() throws Exception {
        restore(
                "check-target",
                "the stack has a segment that the backup does not have",
                REFUSED,
                Spoiled.foreignSegment(),
                dolmen);
    }

    private static void hostile() throws Exception {
        for (HostileTar hostile : HostileTar.values()) {
            Path folder = hostile.backup(home.resolve(hostile.name()));
            bench.during(
                    "read-archive",
                    hostile.words,
                    FAILED,
                    NOTHING,
                    dolmen,
                    "restore",
                    "--yes",
                    "--from",
                    folder.toString());
        }
        Path script = Path.of("src/test/resources/backups/killed-between").toAbsolutePath();
        bench.during(
                "read-archive",
                "the archive lacks a segment of the dump",
                INCOMPLETE,
                NOTHING,
                dolmen,
                "restore",
                "--from",
                script.toString());
    }

    private static void besideTheStack() throws Exception {
        at("unpack-segments", "the archive is cut while it is read", FAILED, cut("druid_shared.tar"), dolmen);
        at("load-metadata", "the dump is cut while it is read", FAILED, cut("druid_metadata_dump.sql"), dolmen);
        at("clear-past", "somebody drops what was loaded", FAILED, Spoiled::withoutLoaded, dolmen);
        bench.whenStepBegins(
                "unpack-metabase",
                "Metabase's archive is cut while it is read",
                FAILED,
                cut("metabase_data.tar"),
                dolmen,
                "restore");
    }

    private static void withServicesDown() throws Exception {
        DolmenCommand unknown = dolmen.with("dolmen.stack.services", "coordinator,nowhere");
        restore("raise-stack", "there is no such service", REFUSED, NOTHING, unknown);
        at("stop-services", "a service is paused", FAILED, paused("historical"), dolmen);
        at("swap-segments", "somebody removes what was unpacked", FAILED, Spoiled::withoutUnpacked, dolmen);
        at("swap-metadata", "somebody drops what was loaded", FAILED, Spoiled::withoutLoaded, dolmen);
    }

    private static void metabaseAndTheStart() throws Exception {
        bench.whenStepBegins(
                "swap-metabase",
                "somebody removes what was unpacked of Metabase",
                FAILED,
                Spoiled::withoutUnpackedMetabase,
                dolmen,
                "restore");
        bench.whenStepBeginsThenRecovered(
                "start-services",
                "the port of a service is taken",
                () -> new ServerSocket(18083, 1, InetAddress.getLoopbackAddress())::close,
                dolmen,
                "restore",
                "--skip-metabase");
    }

    private static void afterTheSwap() throws Exception {
        at("match-live-segments", "files of a used segment go missing", INCOMPLETE, Spoiled::lostSegment, dolmen);
        for (DruidFault fault : List.of(DruidFault.REFUSES, DruidFault.UNAUTHORIZED, DruidFault.EMPTY)) {
            restore("verify-restore", fault.words, fault.exit, fault::make, fault.of(dolmen));
        }
    }

    /** It is verified, and what it replaced may be dropped in part: it is not put back, but brought to its end, and undone. */
    private static void verified() throws Exception {
        Inventory before = bench.before();
        Path copies = dolmen.home().resolve("state/safety-copies");
        Result failed = FaultBench.into(
                "keep-safety-copy", () -> Spoiled.inTheWay(copies), dolmen, "restore", "--skip-metabase");
        assertThat(failed.status()).as(failed.output()).isEqualTo(FAILED.status());
        assertThat(failed.output()).contains("the restore stands", "failed step: keep-safety-copy", "HINT: ");
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(recovered.output()).isZero();
        bench.add(
                "keep-safety-copy",
                "a file is in the way",
                FaultBench.told(recovered),
                Inventory.of(dolmen).withCopyOf(before));
        Result undone = dolmen.run("restore", "--undo", Spoiled.newestRestore(dolmen), "--yes");
        assertThat(undone.status()).as(undone.output()).isZero();
        assertThat(Inventory.of(dolmen).since(before)).isEqualTo("all as before");
    }

    private static Fault cut(String artifact) {
        return () -> Spoiled.cut(dolmen.newestBackup().resolve(artifact));
    }

    private static void at(String step, String fault, ExitCode exit, Fault made, DolmenCommand with) throws Exception {
        bench.whenStepBegins(step, fault, exit, made, with, "restore", "--skip-metabase");
    }

    private static void restore(String step, String fault, ExitCode exit, Fault made, DolmenCommand with)
            throws Exception {
        bench.during(step, fault, exit, made, with, "restore", "--skip-metabase");
    }
}
