package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.app.CheckUp;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.doctor.Finding;
import dolmen.model.Artifact;
import dolmen.model.BackupChoice;
import dolmen.model.ExitCode;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import dolmen.restore.PlainStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack where the row of one of two core partitions is gone: Druid serves nothing of that interval, and says nothing. */
class IncompletePartitionsTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();
    private static final String SET = "wiki 2024-03-01T00:00:00Z/2024-03-02T00:00:00Z";

    @TempDir
    Path home;

    private PlainStack stack;

    @BeforeEach
    void one_partition_of_two() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
        stack.sql("UPDATE druid_segments SET payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                + " '\"partitions\":1', '\"partitions\":2'), 'UTF8') WHERE id LIKE 'wiki_2024-03-01%'");
    }

    @Test
    @Tag("T41")
    void T41_doctor_names_a_partition_set_that_is_not_complete() {
        try (CheckUp doctor = new CheckUp(stack.application())) {
            List<Finding> findings = doctor.examine();

            assertThat(findings)
                    .filteredOn(finding -> finding.what().contains(SET))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.what()).contains("1 of 2 core partitions missing (1)");
                        assertThat(finding.hint().orElseThrow()).contains("audit log");
                    });
        }
    }

    @Test
    @Tag("T41")
    void T41_verify_and_plan_name_a_partition_set_that_is_not_complete() throws Exception {
        Path files = Files.createDirectories(home.resolve("files"));
        stack.metadata.dump(files.resolve(Artifact.METADATA_DUMP), warning -> {}, Meter.NONE);
        Tool.ok(home, "tar -C / -cf " + files.resolve(Artifact.SEGMENT_ARCHIVE) + " ." + stack.shared);
        try (Application dolmen = new Application(stack.application(), Map.of())) {
            dolmen.start();
            RunRequest verify = new RunRequest(
                    Operation.VERIFY, Origin.COMMAND, new VerifyOptions(BackupChoice.in(files.toString())));
            for (RunRequest request : List.of(verify, Restoring.in(files).plan())) {
                Report report = dolmen.run(request);

                assertThat(report.outcome()).as(report.summary()).isEqualTo(ExitCode.OK);
                assertThat(report.details()).anyMatch(line -> line.contains(SET) && line.contains("serves none"));
            }
        }
    }
}
