package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.druid.Expectation;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.Artifact;
import dolmen.model.UsedSegments;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup that was taken right after a compaction: it holds used segments that newer ones overshadow, and Druid marks them
 * as unused soon after each restore, by its own rule. The data is the same before and after.
 */
@Needs(Need.SANDBOX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OvershadowedStoriesTest {
    private static final Pattern RUN = Pattern.compile("dolmen restore --undo (\\S+)`");
    private static final String BY_USED = "SELECT string_agg(line, ', ' ORDER BY line) FROM (SELECT datasource || ' '"
            + " || count(*) FILTER (WHERE used) || '/' || count(*) AS line FROM druid_segments GROUP BY datasource)"
            + " AS lines";
    private static final String ALL_USED = "clicks 13/13, sensor_metrics 10/10, wiki 4/4";
    private static final String HIDDEN_UNUSED = "clicks 10/13, sensor_metrics 6/10, wiki 4/4";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static String compacted;
    private static SortedSet<String> flagged;

    @BeforeAll
    static void a_backup_right_after_a_compaction() throws Exception {
        dolmen = new DolmenCommand(home.resolve("dolmen")).with("dolmen.druid.verify-limit", "90s");
        ContainerSandbox.shared();
        sandbox("compact");
        compacted = ContainerSandbox.shared().counts();
        flagged = Coordinator.flagged();
        SegmentsLock.during(() -> {
            Coordinator.markUnusedAfter(Duration.ofSeconds(5));
            Result backup = dolmen.run("backup");
            assertThat(backup.status()).as(backup.output()).isZero();
            assertThat(sql(BY_USED)).isEqualTo(ALL_USED);
            return backup;
        });
        awaitRows(HIDDEN_UNUSED);
    }

    @AfterAll
    static void as_it_was_loaded() throws Exception {
        Coordinator.markUnusedAfter(Duration.ofDays(1));
        ContainerSandbox.dropSafetyCopies();
        sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    @Tag("T52")
    @Order(1)
    void T52_what_the_dump_s_rows_overshadow_is_what_druid_flags() {
        UsedSegments dumped =
                new PostgresDumps().usedSegments(dolmen.newestBackup().resolve(Artifact.METADATA_DUMP));
        Expectation expectation = new Expectation(dumped, Optional.empty(), true);
        SortedSet<String> hidden = new TreeSet<>();
        dumped.forEach(segment -> {
            if (expectation.hides(segment.datasource(), segment.id())) {
                hidden.add(segment.id());
            }
        });
        assertThat(hidden).hasSize(7).isEqualTo(flagged);
    }

    @Test
    @Tag("T52")
    @Tag("VF-11")
    @Order(2)
    void T52_files_whose_overshadowed_segments_druid_marks_unused_after_the_start_are_restored() throws Exception {
        Path files = home.resolve("files");
        Shell.run("cp", "-a", dolmen.newestBackup().toString(), files.toString());
        Files.delete(files.resolve("manifest.json"));
        Result restored = dolmen.run("restore", "--from", files.toString(), "--skip-metabase", "--yes");

        assertThat(restored.status()).as(restored.output()).isZero();
        awaitRows(HIDDEN_UNUSED);
        assertThat(ContainerSandbox.shared().counts()).isEqualTo(compacted);
        undo(restored);
    }

    @Test
    @Tag("T52")
    @Tag("VF-11")
    @Order(3)
    void T52_one_datasource_whose_overshadowed_segments_druid_marks_unused_at_once_is_restored() {
        sql("DELETE FROM druid_segments WHERE datasource = 'clicks'");
        Shell.run("docker", "exec", "-u", "0", "historical", "rm", "-r", "/opt/shared/segments/clicks");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> !ContainerSandbox.shared().counts().contains("clicks"));
        Result restored = dolmen.run("restore", "--datasources", "clicks");

        assertThat(restored.status()).as(restored.output()).isZero();
        awaitRows(HIDDEN_UNUSED);
        assertThat(ContainerSandbox.shared().counts()).isEqualTo(compacted);
        undo(restored);
        assertThat(sql(BY_USED)).isEqualTo("sensor_metrics 6/10, wiki 4/4");
    }

    @Test
    @Tag("T52")
    @Order(4)
    void T52_what_a_load_rule_drops_after_the_start_is_named_and_is_no_failure() throws Exception {
        String loadForever = "{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}";
        String dropDay = "{\"type\":\"dropByInterval\",\"interval\":\"2024-03-01/2024-03-02\"}";
        Coordinator.rules("wiki", "[" + dropDay + "," + loadForever + "]");
        awaitRows("sensor_metrics 6/10, wiki 3/4");
        Result dropped = dolmen.run("restore", "--datasources", "wiki", "--yes");

        assertThat(dropped.status()).as(dropped.output()).isZero();
        assertThat(dropped.output())
                .as("said before and after druid marks it as unused")
                .containsPattern("wiki: (the load rules drop 1 of the backup's 4 segments"
                        + "|1 restored segments are on no historical, since the load rules do not keep them)");
        awaitRows("sensor_metrics 6/10, wiki 3/4");
        Coordinator.rules("wiki", "[" + loadForever + "]");
        Result restored = dolmen.run("restore", "--datasources", "wiki");
        assertThat(restored.status()).as(restored.output()).isZero();
        awaitRows("sensor_metrics 6/10, wiki 4/4");
    }

    private static void undo(Result restored) {
        Matcher run = RUN.matcher(restored.output());
        assertThat(run.find()).as(restored.output()).isTrue();
        Result undone = dolmen.run("restore", "--undo", run.group(1));
        assertThat(undone.status()).as(undone.output()).isZero();
    }

    private static void awaitRows(String expected) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(sql(BY_USED)).isEqualTo(expected));
    }
}
