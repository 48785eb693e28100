package dolmen.faults;

import static dolmen.faults.FaultBench.NOTHING;
import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.INCOMPLETE;
import static dolmen.model.ExitCode.NOTHING_TO_RESTORE;
import static dolmen.model.ExitCode.REFUSED;
import static dolmen.model.ExitCode.USAGE;

import dolmen.faults.FaultBench.Fault;
import dolmen.model.ExitCode;
import dolmen.model.Verdict.Kind;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.storage.S3Server;
import dolmen.stories.DolmenCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out before anything is changed: whose stack and backup it is, what would be lost, what can be trusted. */
@Needs({Need.SANDBOX, Need.ROOT})
class RefusedFaultsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;
    private static Path backup;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen"))
                .with("dolmen.stack.name", "production")
                .with("dolmen.stack.services", "historical")
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.retry.attempts", "2")
                .with("dolmen.retry.delay", "0.2s");
        bench = FaultBench.of("Found out before anything is changed", dolmen);
        backup = dolmen.newestBackup();
    }

    @Test
    void what_would_harm_is_refused_before_anything_is_changed() throws Exception {
        otherContainers();
        wouldBeLost();
        doubtfulBackups();
        doubtfulData();
        places();
        bench.close();
    }

    private static void otherContainers() throws Exception {
        during("begin-backup", "two containers run for one service", REFUSED, Planted.twin("postgres"), "backup");
        with("dolmen.stack.project", "dolmen-sandbax", "begin-backup", "another compose project is set", "backup");
    }

    private static void wouldBeLost() throws Exception {
        String[] confirmed = {"restore", "--yes"};
        during("check-target", "others keep a table in Druid's database", REFUSED, Planted.table(), confirmed);
        during("check-target", "others keep a large object there", REFUSED, Planted.largeObject(), confirmed);
        during("check-target", "a role has a setting in that database", REFUSED, Planted.setting(), confirmed);
        during(
                "check-target",
                "the stack has a supervisor that the backup does not have",
                REFUSED,
                Planted.supervisor(),
                "restore");
        with("dolmen.stack.name", "staging", "check-target", "the stack is another one", "restore");
        Path dropping = Planted.dropping(backup, home.resolve("dropping"));
        during(
                "check-target",
                "the load rules of the backup drop what it holds",
                REFUSED,
                NOTHING,
                "restore",
                "--from",
                dropping.toString());
        during(
                "select-datasources",
                "the backup does not have this datasource",
                NOTHING_TO_RESTORE,
                NOTHING,
                "restore",
                "--datasources",
                "nowhere");
        during(
                "check-undo",
                "there is no such restore to undo",
                USAGE,
                NOTHING,
                "restore",
                "--undo",
                "20200101-000000-000-restore");
    }

    private static void doubtfulBackups() throws Exception {
        String label = backup.getFileName().toString();
        during(
                "select-backup",
                "the only backup was found to be damaged",
                NOTHING_TO_RESTORE,
                Planted.verdict(backup, Kind.DAMAGED),
                "restore");
        during(
                "select-backup",
                "the only backup was found to be suspicious",
                NOTHING_TO_RESTORE,
                Planted.verdict(backup, Kind.SUSPICIOUS),
                "restore");
        during(
                "check-target",
                "the same backup is named",
                REFUSED,
                Planted.verdict(backup, Kind.SUSPICIOUS),
                "restore",
                label);
        during(
                "find-backup",
                "what was found out about the backup cannot be read",
                FAILED,
                Planted.unreadable(backup),
                "verify",
                label);
        during(
                "select-backup",
                "the only backup has a label in the future",
                NOTHING_TO_RESTORE,
                Planted.future(backup),
                "restore");
        during(
                "find-backup",
                "the folder of the backup was renamed",
                FAILED,
                Planted.renamed(backup),
                "verify",
                "20200101-000000");
    }

    private static void doubtfulData() throws Exception {
        during(
                "publish-backup",
                "a core partition of a used segment's set is unused",
                INCOMPLETE,
                Planted.withoutPartition(),
                "backup");
    }

    private static void places() throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            DolmenCommand bucket = server.in(dolmen);
            upload("there is no such bucket", bucket.with("dolmen.storage.bucket", "nowhere"));
            upload("the secret key is wrong", bucket.with("dolmen.storage.secret-key", "Foolish"));
            upload(
                    "nothing listens at the bucket's address",
                    bucket.with("dolmen.storage.endpoint", "http://127.0.0.1:9"));
        }
        Path file = Files.createFile(home.resolve("no-folder"));
        DolmenCommand copy = dolmen.with("dolmen.copy.to", "file:" + file);
        bench.during("send-copy", "the place for copies is no folder", FAILED, NOTHING, copy, "copy");
    }

    private static void upload(String fault, DolmenCommand with) throws Exception {
        bench.during("send-backup", fault, FAILED, NOTHING, with, "upload");
    }

    private static void with(String key, String value, String step, String fault, String command) throws Exception {
        bench.during(step, fault, REFUSED, NOTHING, dolmen.with(key, value), command);
    }

    private static void during(String step, String fault, ExitCode exit, Fault made, String... command)
            throws Exception {
        bench.during(step, fault, exit, made, dolmen, command);
    }
}
