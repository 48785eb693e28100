package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.model.MetabaseSaid;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metabase itself is asked whether it has users, before and after; another one that has opened another file has none. */
@Needs(Need.SANDBOX)
class MetabaseStoriesTest {
    private static final String OTHER = "dolmen-other-metabase";
    private static final String SAYS = "Metabase itself says: version stand-in, it has users";

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;

    @BeforeAll
    static void a_backup_with_metabase_s_own_word() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home.resolve("dolmen"))
                .with("dolmen.stack.services", "historical")
                .with("dolmen.metabase.url", "http://127.0.0.1:13000");
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
        assertThat(backup.output()).contains(SAYS);
    }

    @AfterAll
    static void as_it_was_loaded() {
        Shell.tryRun(Map.of(), "docker", "rm", "-f", "-v", OTHER);
        ContainerSandbox.dropSafetyCopies();
        ContainerSandbox.sandbox("reset");
    }

    @Test
    @Tag("T43")
    void T43_the_manifest_says_what_metabase_said_and_a_restore_asks_it_again() {
        MetabaseSaid said = Catalog.manifestIn(dolmen.newestBackup())
                .orElseThrow()
                .metabase()
                .orElseThrow()
                .said()
                .orElseThrow();
        assertThat(said.users()).contains(true);

        Result restored = dolmen.run("restore", "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains(SAYS);
    }

    @Test
    @Tag("T43")
    void T43_a_restore_fails_and_is_put_back_when_metabase_has_opened_another_file() {
        Shell.run(
                "docker",
                "run",
                "-d",
                "--name",
                OTHER,
                "-p",
                "127.0.0.1:13001:3000",
                "-e",
                "MB_DB_FILE=/metabase-data/x.db",
                "dolmen-sandbox/metabase-standin:1");
        DolmenCommand other =
                dolmen.with("dolmen.metabase.url", "http://127.0.0.1:13001").with("dolmen.retry.attempts", "1");

        Result failed = other.run("restore", "--yes");

        assertThat(failed.status()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output())
                .contains("metabase has opened another database than the restored one", "put-back-restore");
        ContainerSandbox.shared().awaitLoaded();
        assertThat(Shell.run("curl", "-sS", "http://127.0.0.1:13000/api/session/properties"))
                .containsPattern("\"has-user-setup\": ?true");
    }
}
