package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.ClassArchive;
import dolmen.histories.UpdatedStack.Ended;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * This Dolmen goes on where an older one stopped: with its backups, its safety copy, its dead letter, and a restore of which
 * it was killed between the swaps. {@link OldHistory} made them, by version 0.1.0 at commit c00a14c.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpdateTest {
    private static final String PRUNED = "20261129-224650";
    private static final String INCREMENTAL = "20261129-224659";
    private static final String SECOND_INCREMENTAL = "20261129-224706";
    private static final String STREAMED = "20261129-224725";
    private static final String RESTORE = "20261129-224731-200-restore";
    private static final String GAVE_UP = "20261129-224739-061-backup";

    private static UpdatedStack stack;

    @BeforeAll
    static void loadWhatTheOldOneLeft() throws Exception {
        stack = new UpdatedStack();
        UpdateData.load(stack);
        List<String> command = new ArrayList<>(ClassArchive.java());
        command.addAll(List.of("-Xmx256m", "dolmen.Main"));
        stack.by(command);
    }

    @AfterAll
    static void close() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void a_restore_that_the_old_one_was_killed_in_is_put_back() throws Exception {
        assertThat(stack.down()).containsExactlyInAnyOrder("coordinator", "historical");
        stack.succeeds(Map.of(), "recover");
        assertThat(stack.down()).isEmpty();
        assertThat(stack.now().used()).hasSize(3);
        assertThat(stack.isWhole()).isTrue();
        assertThat(stack.postgres.query(
                        "postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE '%dolmen_new%'"))
                .isEqualTo("0");
    }

    @Test
    @Order(2)
    void its_backups_are_listed_here_and_in_the_bucket() throws Exception {
        assertThat(stack.succeeds(Map.of(), "list")).contains(INCREMENTAL, SECOND_INCREMENTAL);
        assertThat(stack.succeeds(stack.bucket(), "list", "--remote")).contains(SECOND_INCREMENTAL, STREAMED);
    }

    @Test
    @Order(3)
    void its_backups_are_whole_here_and_in_the_bucket() throws Exception {
        for (String label : List.of(INCREMENTAL, SECOND_INCREMENTAL)) {
            assertThat(stack.succeeds(Map.of(), "verify", label)).contains("whole, nothing missing");
        }
        for (String label : List.of(SECOND_INCREMENTAL, STREAMED)) {
            assertThat(stack.succeeds(stack.bucket(), "verify", "--remote", label))
                    .contains("whole, nothing missing");
        }
    }

    @Test
    @Order(4)
    void its_restore_is_undone_from_its_safety_copy() throws Exception {
        stack.succeeds(Map.of(), "restore", "--undo", RESTORE, "--yes");
        assertThat(stack.now().used()).hasSize(4);
        assertThat(stack.isWhole()).isTrue();
    }

    @Test
    @Order(5)
    void its_dead_letter_is_repeated() throws Exception {
        assertThat(stack.succeeds(Map.of(), "status")).contains(GAVE_UP);
        stack.succeeds(Map.of(), "retry", GAVE_UP);
        assertThat(stack.site.resolve("dead-letter").resolve(GAVE_UP)).doesNotExist();
    }

    @Test
    @Order(6)
    void an_incremental_backup_builds_on_its_backups() throws Exception {
        // The repeated run's own backup goes, so that the base is one of the old Dolmen's.
        Lab.remove(UpdatedStack.HOME.resolve("catalog").resolve(stack.labels().get(2)));
        stack.publish("wiki", 3, 0, 70);
        stack.succeeds(Map.of(), "backup", "--incremental");
        String label = stack.labels().get(2);
        assertThat(stack.succeeds(Map.of(), "show", label)).contains("incremental");
        assertThat(stack.succeeds(Map.of(), "verify", label)).contains("whole, nothing missing");
        assertThat(Files.readString(UpdatedStack.HOME.resolve("catalog/" + label + "/manifest.json")))
                .contains(PRUNED);
    }

    @Test
    @Order(7)
    void its_backups_are_restored_from_here_and_from_the_bucket() throws Exception {
        stack.succeeds(Map.of(), "restore", INCREMENTAL, "--yes");
        assertThat(stack.now().used()).hasSize(3);
        assertThat(stack.isWhole()).isTrue();
        stack.succeeds(stack.bucket(), "restore", STREAMED, "--yes");
        assertThat(stack.now().used()).hasSize(4);
        assertThat(stack.isWhole()).isTrue();
    }

    @Test
    @Order(8)
    void its_backups_are_pruned_and_what_a_kept_one_needs_of_them_stays() throws Exception {
        stack.succeeds(Map.of("retention.keep-last", "1"), "prune");
        assertThat(stack.labels()).hasSize(1);
        Ended verified = stack.run(Map.of(), "verify", stack.labels().get(0));
        assertThat(verified.status()).as(verified.output()).isZero();
    }
}
