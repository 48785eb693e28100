package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Containers that are made anew, with authentication. */
@LastOnSandbox
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Need.SANDBOX)
class SecuredStackStoriesTest extends BackedUpSandbox {
    /** They leave a stack with authentication, which is none of other tests' business. */
    @AfterAll
    static void the_sandbox_is_not_shared_any_more() {
        ContainerSandbox.discard();
    }

    @Test
    @Order(1)
    void containers_that_do_not_exist_are_created_and_started_when_the_data_is_in() {
        sandbox("wipe");
        Result restored = authenticated("adminpw")
                .with(
                        "dolmen.stack.up-command",
                        "SANDBOX_AUTH=1 " + Path.of("src/sandbox/sandbox.sh").toAbsolutePath() + " containers create")
                .run("restore");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(Shell.run(Map.of("SANDBOX_AUTH", "1"), "src/sandbox/sandbox.sh", "containers", "counts"))
                .isEqualTo(stack.loaded());
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(state("zookeeper")).isEqualTo("running");
    }

    @Test
    @Order(2)
    void a_wrong_druid_password_ends_a_backup_at_once_and_publishes_nothing() throws Exception {
        Path before = dolmen.newestBackup();
        Result refused = authenticated("not-the-password").run("backup");
        assertThat(refused.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(refused.output()).contains("HINT:").doesNotContain("not-the-password");
        assertThat(refused.output().lines().filter(line -> line.strip().startsWith("compare-with-druid")))
                .hasSize(1);
        assertThat(dolmen.newestBackup()).isEqualTo(before);
        assertThat(state("metabase")).isEqualTo("running");
        assertThat(authenticated("adminpw").run("backup").status()).isZero();
    }

    private static DolmenCommand authenticated(String password) {
        return dolmen.with("dolmen.druid.user", "admin").with("dolmen.druid.password", password);
    }
}
