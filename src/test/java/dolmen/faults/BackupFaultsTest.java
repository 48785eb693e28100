package dolmen.faults;

import static dolmen.faults.FaultBench.NOTHING;
import static dolmen.faults.FaultBench.paused;
import static dolmen.faults.FaultBench.smallDisk;
import static dolmen.faults.FaultBench.stopped;
import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.INCOMPLETE;
import static dolmen.model.ExitCode.LOCKED;
import static dolmen.model.ExitCode.OK;
import static dolmen.model.ExitCode.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.faults.FaultBench.Fault;
import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunLock;
import dolmen.stories.DolmenCommand;
import dolmen.stories.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the sandbox meets every fault of the table: it says so, and nothing is lost or changed. */
@Needs({Need.SANDBOX, Need.ROOT})
class BackupFaultsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen"))
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.retry.attempts", "2")
                .with("dolmen.retry.delay", "0.2s");
        bench = FaultBench.of("Backup", dolmen);
    }

    @Test
    void a_backup_never_lies_about_a_fault() throws Exception {
        beginning();
        dumping();
        archiving();
        metabase();
        druid();
        publishing();
        bench.close();
    }

    private static void beginning() throws Exception {
        Path state = dolmen.home().resolve("state");
        backup("take-lock", "a second Dolmen is at work", LOCKED, () -> RunLock.take(state, "another backup")::close);
        backup("begin-backup", "the Docker engine does not answer", FAILED, "dolmen.docker.host", "unix:///no.sock");
        backup("begin-backup", "PostgreSQL is stopped", FAILED, stopped("postgres"));
        backup("dump-metadata", "there is no such database", FAILED, "dolmen.metadata.database", "nowhere");
        backup("begin-backup", "there is no such user of PostgreSQL", FAILED, "dolmen.metadata.user", "nobody");
        backup("begin-backup", "there is no such service", FAILED, "dolmen.metadata.service", "nowhere");
        Path readOnly = home.resolve("read-only");
        backup("begin-backup", "the catalog is read-only", FAILED, smallDisk(readOnly, "ro"), in(readOnly));
    }

    private static void dumping() throws Exception {
        Path tiny = home.resolve("tiny");
        backup("dump-metadata", "the disk is full", FAILED, smallDisk(tiny, "size=64k"), in(tiny));
        DolmenCommand hurried = dolmen.with("dolmen.metadata.limit", "3s");
        backup("dump-metadata", "a table is locked for longer than a dump may take", FAILED, Spoiled.locked(), hurried);
        backup("dump-metadata", "the server ends pg_dump half-way", FAILED, Spoiled.locked(true), dolmen);
    }

    private static void archiving() throws Exception {
        Path small = home.resolve("small");
        backup("archive-segments", "the disk is full", FAILED, smallDisk(small, "size=256k"), in(small));
        backup("match-segments", "the service has no shared folder", INCOMPLETE, "dolmen.segments.service", "broker");
        backup("match-segments", "the files of a used segment are gone", INCOMPLETE, Spoiled.movedSegment());
        backup("match-segments", "a file of a used segment is empty", INCOMPLETE, Spoiled.emptyFile());
        backup("match-segments", "a used segment lies in S3", INCOMPLETE, Spoiled.foreignSegment());
        killTask("archive-segments", "a kill task deletes a segment after the dump", OK, dolmen);
        killTask(
                "match-segments",
                "the same after the last dump that may be taken",
                INCOMPLETE,
                dolmen.with("dolmen.backup.passes", "1"));
    }

    private static void killTask(String step, String fault, ExitCode exit, DolmenCommand with) throws Exception {
        Inventory before = Inventory.of(dolmen);
        Victim.add();
        bench.row(step, fault, exit, FaultBench.into("archive-segments", Victim.KILLED, with, "backup"), before);
    }

    private static void metabase() throws Exception {
        DolmenCommand both = dolmen.with("dolmen.metabase.kind", "h2");
        DolmenCommand absent = both.with("dolmen.metabase.service", "nowhere");
        backup("archive-metabase", "there is no such service", FAILED, NOTHING, absent);
        DolmenCommand other = dolmen.with("dolmen.metabase.kind", "postgres").with("dolmen.metabase.database", "none");
        backup("archive-metabase", "Metabase uses another database than is set", REFUSED, NOTHING, other);
        backup("archive-metabase", "Metabase is stopped", OK, stopped("metabase"), both);
        backup("archive-metabase", "Metabase is paused", FAILED, paused("metabase"), both);
    }

    private static void druid() throws Exception {
        for (DruidFault fault : DruidFault.values()) {
            backup("compare-with-druid", fault.words, fault.exit, fault::make, fault.of(dolmen));
        }
    }

    private static void publishing() throws Exception {
        Path staging = dolmen.home().resolve("backup/.staging");
        bench.whenStepBegins(
                "read-back-backup",
                "read-archive",
                "the disk returns another byte than was written",
                FAILED,
                () -> Spoiled.flipped(staging, "druid_shared.tar"),
                dolmen,
                "backup");
        Path disk = home.resolve("disk");
        Files.createDirectories(disk);
        Shell.run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
        try {
            assertThat(in(disk).run("backup").status()).isZero();
            backup(
                    "begin-backup",
                    "the disk has less room than the last backup took",
                    REFUSED,
                    () -> Spoiled.filled(disk),
                    in(disk));
            bench.whenStepBegins(
                    "write-manifest", "the disk is full", FAILED, () -> Spoiled.filled(disk), in(disk), "backup");
            bench.whenStepBegins(
                    "publish-backup",
                    "the disk has become read-only",
                    FAILED,
                    () -> Spoiled.readOnly(disk),
                    in(disk),
                    "backup");
        } finally {
            Shell.run("umount", disk.toString());
        }
    }

    private static DolmenCommand in(Path catalog) {
        return dolmen.with("dolmen.catalog.path", catalog.toString());
    }

    private static void backup(String step, String fault, ExitCode exit, String key, String value) throws Exception {
        backup(step, fault, exit, NOTHING, dolmen.with(key, value));
    }

    private static void backup(String step, String fault, ExitCode exit, Fault made) throws Exception {
        backup(step, fault, exit, made, dolmen);
    }

    private static void backup(String step, String fault, ExitCode exit, Fault made, DolmenCommand with)
            throws Exception {
        bench.during(step, fault, exit, made, with, "backup");
    }
}
