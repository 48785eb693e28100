package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.SpoiledBackup.Finder;
import dolmen.archive.Tool;
import dolmen.metabase.h2.H2Fixture;
import dolmen.model.BackupChoice;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no restore can take is said by verify where the files tell it, else by the plan; and no restore begins with it. */
@Tag("T16")
class SpoiledBackupsTest {
    /** A restore that ends in one of these has changed nothing. */
    private static final Set<String> BEFORE_ANY_CHANGE =
            Set.of("check-files", "read-dump", "read-archive", "read-metabase", "check-target");

    @TempDir
    static Path home;

    private static ServedStack dolmen;
    private static Path good;
    private static Path metabase;

    @BeforeAll
    static void a_good_backup_as_a_script_makes_it() throws Exception {
        metabase = Files.createDirectories(home.resolve("metabase")).resolve("metabase.db.mv.db");
        H2Fixture.create(home.resolve("metabase/metabase.db"), 3);
        dolmen = new ServedStack(
                home, Map.of("metabase.kind", "h2", "metabase.file", metabase.toString(), "druid.call-limit", "20s"));
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.toString()).isTrue();
        good = home.resolve("good");
        Tool.ok(home, "cp -r catalog/2* good && rm good/manifest.json good/SHA256SUMS good/segments.jsonl.gz");
    }

    @AfterAll
    static void ends() {
        dolmen.close();
    }

    private static Report run(Operation operation, Path folder) {
        Restoring files = Restoring.in(folder).confirmed();
        return dolmen.run(
                switch (operation) {
                    case RESTORE -> files.request();
                    case PLAN -> files.plan();
                    default ->
                        new RunRequest(
                                operation, Origin.COMMAND, new VerifyOptions(BackupChoice.in(folder.toString())));
                });
    }

    @Test
    void the_good_one_is_whole_and_is_restored() {
        for (Operation operation : new Operation[] {Operation.VERIFY, Operation.PLAN, Operation.RESTORE}) {
            Report report = run(operation, good);
            assertThat(report.succeeded()).as(report.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_restored_is_said_before_anything_is_changed(SpoiledBackup spoiled) throws Exception {
        Path folder = home.resolve(spoiled.name());
        Tool.ok(home, "cp -r good " + folder);
        spoiled.spoil(folder, home.resolve("shared"), metabase);

        Report verified = run(Operation.VERIFY, folder);
        Report planned = run(Operation.PLAN, folder);
        Report restored = run(Operation.RESTORE, folder);

        Report first = spoiled.finder == Finder.VERIFY ? verified : planned;
        assertThat(first.succeeded()).as("who has to say it: %s", first).isFalse();
        assertThat(first.summary()).contains(spoiled.words);
        assertThat(planned.succeeded()).as("the plan: %s", planned).isFalse();
        assertThat(restored.failedStep().orElseThrow()).isIn(BEFORE_ANY_CHANGE);
    }
}
