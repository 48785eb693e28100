package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Verdicts;
import dolmen.faults.FaultBench.Fault;
import dolmen.model.Artifact;
import dolmen.model.Verdict;
import dolmen.stories.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What others did to the stack or to a backup, each with the way back: nothing is broken, and all of it matters. */
final class Planted {
    private static final String PARTITION =
            "(SELECT max(id) FROM druid_segments WHERE datasource = 'clicks' AND start LIKE '2024-03-01%')";
    private static final String FUTURE = "20380101-000000";

    private Planted() {}

    /** A core partition of clicks is marked as unused. */
    static Fault withoutPartition() {
        return statements(
                "UPDATE druid_segments SET used = false WHERE id = " + PARTITION,
                "UPDATE druid_segments SET used = true WHERE id = " + PARTITION);
    }

    /** A table of 10,000 rows. */
    static Fault table() {
        return statements("CREATE TABLE orders AS SELECT generate_series(1, 10000) AS n", "DROP TABLE orders");
    }

    static Fault largeObject() {
        return statements("SELECT lo_create(4711)", "SELECT lo_unlink(4711)");
    }

    static Fault setting() {
        return statements(
                "ALTER ROLE druid IN DATABASE druid SET work_mem = '8MB'",
                "ALTER ROLE druid IN DATABASE druid RESET work_mem");
    }

    static Fault supervisor() {
        return statements(
                "INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('late', '2026', '{\"type\":\"kafka\"}')",
                "DELETE FROM druid_supervisors WHERE spec_id = 'late'");
    }

    private static Fault statements(String made, String undone) {
        return () -> {
            sql(made);
            return () -> sql(undone);
        };
    }

    /** A second container of the same compose service. */
    static Fault twin(String service) {
        return () -> {
            String id = Shell.run(
                            "docker",
                            "run",
                            "-d",
                            "--name",
                            service + "-twin",
                            "--label",
                            "com.docker.compose.project=dolmen-sandbox",
                            "--label",
                            "com.docker.compose.service=" + service,
                            "--entrypoint",
                            "sleep",
                            "dolmen-sandbox/druid:25.0.0",
                            "600")
                    .strip();
            return () -> Shell.run("docker", "rm", "-f", "-v", id);
        };
    }

    /** The plain files of the backup, with a rule that drops all of wiki. */
    static Path dropping(Path backup, Path folder) throws Exception {
        String dump = Files.readString(backup.resolve(Artifact.METADATA_DUMP));
        String rule = HexFormat.of().formatHex("[{\"type\":\"dropForever\"}]".getBytes(StandardCharsets.UTF_8));
        String dropping = dump.replaceFirst(
                "(COPY public\\.druid_rules [^\n]*\n)",
                "$1late\twiki\t2099-01-01T00:00:00.000Z\t\\\\\\\\x" + rule + "\n");
        assertThat(dropping).isNotEqualTo(dump);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(Artifact.METADATA_DUMP), dropping);
        Files.createLink(folder.resolve(Artifact.SEGMENT_ARCHIVE), backup.resolve(Artifact.SEGMENT_ARCHIVE));
        return folder;
    }

    /** This was found out about the backup. */
    static Fault verdict(Path backup, Verdict.Kind kind) {
        return () -> {
            Verdicts.add(backup, Verdict.of(Instant.now(), "host", kind, List.of("it was seen")));
            return () -> Files.delete(backup.resolve(Artifact.VERDICTS));
        };
    }

    /** The file with what was found out holds something else. */
    static Fault unreadable(Path backup) {
        return () -> {
            Path file = Files.writeString(backup.resolve(Artifact.VERDICTS), "{\"time\":\n");
            return () -> Files.delete(file);
        };
    }

    /** The backup has a label of 2038, as a clock that was wrong gives it. */
    static Fault future(Path backup) {
        return () -> {
            Path renamed = backup.resolveSibling(FUTURE);
            Path manifest = backup.resolve(Artifact.MANIFEST);
            String text = Files.readString(manifest);
            Files.writeString(manifest, text.replace(backup.getFileName().toString(), FUTURE));
            Files.move(backup, renamed);
            return () -> {
                Files.move(renamed, backup);
                Files.writeString(manifest, text);
            };
        };
    }

    /** The backup's folder has the label of another one. */
    static Fault renamed(Path backup) {
        return () -> {
            Path renamed = backup.resolveSibling("20200101-000000");
            Files.move(backup, renamed);
            return () -> Files.move(renamed, backup);
        };
    }
}
