package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.model.Counted;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One core partition of three is gone: Druid serves nothing of that day, and its own counts of segments say nothing. */
@Needs(Need.SANDBOX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IncompleteStoriesTest {
    private static final String SET = "clicks 2024-03-01T00:00:00Z/2024-03-02T00:00:00Z";
    private static final String DIFFERS = "clicks: queries count 216 rows where its segments have ";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static Path whole;

    @BeforeAll
    static void a_good_backup_and_then_a_partition_less() {
        dolmen = new DolmenCommand(home.resolve("dolmen")).with("dolmen.druid.verify-limit", "90s");
        ContainerSandbox.shared();
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
        assertThat(backup.output())
                .contains("counted by queries: 864 rows in 3 of 3 datasources")
                .doesNotContain("not complete", "queries count");
        whole = dolmen.newestBackup();
        sql("DELETE FROM druid_segments WHERE id = (SELECT max(id) FROM druid_segments"
                + " WHERE datasource = 'clicks' AND start LIKE '2024-03-01%')");
        awaitRows(216);
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        ContainerSandbox.sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    @Tag("T41")
    @Order(1)
    void T41_a_backup_of_it_says_so_and_what_a_query_counts() {
        Result backup = dolmen.run("backup");

        assertThat(backup.status()).as(backup.output()).isEqualTo(3);
        assertThat(backup.output()).contains(", suspicious: ", SET, "1 of 3 core partitions missing (2)", DIFFERS);
        assertThat(dolmen.run("list").output())
                .contains("suspicious: a partition set is not complete: " + SET, "suspicious: " + DIFFERS);
        Counted counted = Catalog.manifestIn(dolmen.newestBackup())
                .orElseThrow()
                .druid()
                .orElseThrow()
                .counted()
                .get("clicks");
        assertThat(counted.rows()).contains(216L);
        assertThat(counted.differs()).isTrue();
        assertThat(dolmen.run("doctor").output()).contains(SET);
        assertThat(dolmen.run("verify", dolmen.newestBackup().getFileName().toString())
                        .output())
                .contains(SET);
    }

    @Test
    @Tag("T41")
    @Order(2)
    void T41_a_restore_of_it_brings_back_what_was_there_and_does_not_say_that_it_is_more() {
        String label = dolmen.newestBackup().getFileName().toString();
        Result restored = dolmen.run("restore", label, "--skip-metabase", "--yes");

        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains(SET, "warning: " + DIFFERS);
        awaitRows(216);
    }

    @Test
    @Tag("T41")
    @Order(3)
    void T41_a_restore_of_the_whole_backup_is_counted() {
        Result restored = dolmen.run("restore", whole.getFileName().toString(), "--skip-metabase", "--yes");

        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("counted by queries: 864 rows in 3 of 3 datasources");
        awaitRows(288);
    }

    private static void awaitRows(int rows) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(ContainerSandbox.shared().counts()).contains("clicks " + rows + " "));
    }
}
