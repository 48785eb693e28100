package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Druid gives a new segment the id and the path of one that was killed, or that a restore took back. */
@Needs(Need.SANDBOX)
class SameIdStoriesTest {
    private static final String DATASOURCE = "sales";
    private static final String DAY = "2024-05-01";
    private static final String IDS =
            "SELECT string_agg(id, ' ' ORDER BY id) FROM druid_segments WHERE used AND datasource = 'sales'";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home).with("dolmen.metabase.kind", "none");
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    @Tag("T1")
    void T1_a_restore_serves_the_rows_of_its_own_moment_although_ids_and_paths_came_again() throws Exception {
        Overlord.append(DATASOURCE, DAY, 1, 2);
        Overlord.awaitSum("the first rows", DATASOURCE, 3);
        String first = backup("--full");
        Overlord.append(DATASOURCE, DAY, 1001, 1002);
        Overlord.awaitSum("the second rows", DATASOURCE, 3 + 2003);
        String ids = sql(IDS);
        String second = backup("--incremental");

        Overlord.forget(DATASOURCE, DAY, ids.split(" ")[1], 3);
        Overlord.append(DATASOURCE, DAY, 2001, 2002);
        assertThat(sql(IDS)).as("the killed segment's id came again").isEqualTo(ids);
        Overlord.awaitSum("an id again", DATASOURCE, 3 + 4003);
        String third = backup("--incremental");

        restore(first);
        Overlord.awaitSum("the first restore", DATASOURCE, 3);
        Overlord.append(DATASOURCE, DAY, 7001);
        assertThat(sql(IDS)).as("the id came again after the restore").isEqualTo(ids);
        Overlord.awaitSum("an id again after a restore", DATASOURCE, 3 + 7001);
        String fourth = backup("--incremental");

        restore(second);
        Overlord.awaitSum("the restore of the second", DATASOURCE, 3 + 2003);
        restore(third);
        Overlord.awaitSum("the restore of the third", DATASOURCE, 3 + 4003);
        restore(fourth);
        Overlord.awaitSum("the restore of the fourth", DATASOURCE, 3 + 7001);
    }

    private static String backup(String kind) {
        Result made = dolmen.run("backup", kind);
        assertThat(made.status()).as(made.output()).isZero();
        return dolmen.newestBackup().getFileName().toString();
    }

    private static void restore(String label) {
        Result restored = dolmen.run("restore", label, "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
    }
}
