package dolmen.faults;

import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.NOTHING_TO_RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.faults.FaultBench.Fault;
import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that was damaged after it was taken is never called whole, and is whole again when the damage is undone. */
@Needs({Need.SANDBOX, Need.ROOT})
class VerifyFaultsTest {
    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static FaultBench bench;
    private static Path backup;

    @BeforeAll
    static void a_good_backup() {
        dolmen = new DolmenCommand(home.resolve("dolmen"));
        bench = FaultBench.of("Verify", dolmen);
        backup = dolmen.newestBackup();
    }

    @Test
    void a_damaged_backup_is_never_called_whole() throws Exception {
        for (String artifact : List.of(
                "druid_metadata_dump.sql",
                "druid_shared.tar",
                "segments.jsonl.gz",
                "metabase_data.tar",
                "SHA256SUMS")) {
            Path file = backup.resolve(artifact);
            String reader = artifact.equals("druid_shared.tar") ? "read-archive" : "check-files";
            verify("check-files", artifact + " ends in the middle", FAILED, () -> Spoiled.cut(file));
            verify(reader, "one byte of " + artifact + " is another", FAILED, () -> Spoiled.flip(file));
            verify("check-files", artifact + " is gone", FAILED, () -> Spoiled.away(file));
        }
        Path dump = backup.resolve("druid_metadata_dump.sql");
        verify("check-files", "a link stands for the dump", FAILED, () -> Spoiled.linked(dump));
        verify("check-files", "a pipe stands for the dump", FAILED, () -> Spoiled.pipe(dump));
        manifest();
        bench.close();
    }

    private static void manifest() throws Exception {
        Path manifest = backup.resolve("manifest.json");
        String text = Files.readString(manifest);
        verify("find-backup", "the manifest is gone", NOTHING_TO_RESTORE, () -> Spoiled.away(manifest));
        verify("find-backup", "the manifest ends in the middle", FAILED, () -> Spoiled.cut(manifest));
        verify("find-backup", "a pipe stands for the manifest", FAILED, () -> Spoiled.pipe(manifest));
        written("the manifest has a newer format", text.replaceFirst("\"format\" : \\d+", "\"format\" : 99"));
        written(
                "the manifest names a file outside of the backup",
                text.replace("druid_shared.tar", "../druid_shared.tar"));
        written("the manifest holds something else", "[]");
        verify(
                "check-files",
                "the manifest tells another version of Druid",
                FAILED,
                () -> Spoiled.written(manifest, text.replace("25.0.0", "25.0.1")));
    }

    private static void written(String fault, String text) throws Exception {
        Path manifest = backup.resolve("manifest.json");
        assertThat(text).isNotEqualTo(Files.readString(manifest));
        verify("find-backup", fault, FAILED, () -> Spoiled.written(manifest, text));
    }

    private static void verify(String step, String fault, ExitCode exit, Fault made) throws Exception {
        bench.during(
                step, fault, exit, made, dolmen, "verify", backup.getFileName().toString());
    }
}
