package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Load rules, of the backup or of the live cluster, that do not keep what a restore brings. */
@Needs(Need.SANDBOX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesStoriesTest {
    private static final String HOT = "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"hot\":1}}]";
    private static final String DROP = "[{\"type\":\"dropForever\"}]";
    private static final String WIKI =
            "4 segments of wiki (loadForever wants tier hot, which has no historical): 2024-03-01T00:00:00Z/2024-03-05T00:00:00Z";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_backup_whose_rules_load_wiki_nowhere() throws Exception {
        dolmen = new DolmenCommand(home.resolve("dolmen")).with("dolmen.druid.verify-limit", "150s");
        ContainerSandbox.shared();
        Coordinator.rules("wiki", HOT);
        awaitRows("wiki", 0);
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
        assertThat(backup.output())
                .contains("not counted of wiki: 4 intervals with segments that no server has loaded");
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        ContainerSandbox.sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    @Tag("T46")
    @Order(1)
    void T46_what_the_rules_of_the_backup_load_nowhere_is_foretold_and_needs_consent() {
        Result refused = dolmen.run("restore", "--skip-metabase");

        assertThat(refused.status()).as(refused.output()).isEqualTo(12);
        assertThat(refused.output()).contains("this restore would lose " + WIKI);
        assertThat(dolmen.run("plan", "restore").output()).contains(WIKI);
    }

    @Test
    @Tag("T46")
    @Order(2)
    void T46_with_consent_it_is_restored_and_not_waited_for() {
        Result restored = dolmen.run("restore", "--skip-metabase", "--yes");

        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output())
                .contains("warning: the load rules do not keep " + WIKI)
                .contains("datasource wiki: 4 segments used, 0 of them overshadowed, 4 left out by load rules")
                .contains("wiki: 4 restored segments are on no historical");
        awaitRows("wiki", 0);
    }

    @Test
    @Tag("T46")
    @Order(3)
    void T46_load_all_restores_it_whole_and_keeps_its_rules_aside() {
        Result restored = dolmen.run("restore", "--skip-metabase", "--rules=load-all", "--yes");

        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output())
                .contains("load rules kept aside of wiki: [{", "{\"hot\":1}")
                .contains("datasource wiki: 4 segments used, 0 of them overshadowed, all others available, 288 rows")
                .contains("counted by queries: 864 rows in 3 of 3 datasources")
                .doesNotContain("the load rules do not keep");
        awaitRows("wiki", 288);
    }

    @Test
    @Tag("T46")
    @Order(4)
    void T46_load_all_restores_one_datasource_that_the_live_cluster_drops() throws Exception {
        Coordinator.rules("clicks", DROP);
        Coordinator.markUnusedAfter(Duration.ofSeconds(5));
        awaitRows("clicks", 0);
        Result refused = dolmen.run("restore", "--datasources", "clicks");
        assertThat(refused.status()).as(refused.output()).isEqualTo(12);
        assertThat(refused.output()).contains("12 segments of clicks (dropForever)");

        Result restored = dolmen.run("restore", "--datasources", "clicks", "--rules=load-all");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("load rules kept aside of clicks: " + DROP);
        awaitRows("clicks", 288);
        Coordinator.markUnusedAfter(Duration.ofDays(1));
    }

    private static void awaitRows(String datasource, int rows) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            String counts = ContainerSandbox.shared().counts();
            if (rows == 0) {
                assertThat(counts).doesNotContainPattern(datasource + " [1-9]");
            } else {
                assertThat(counts).contains(datasource + " " + rows + " ");
            }
        });
    }
}
