package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of a backup of a real stack are, by anybody's tools, and which of them are refused: nothing changes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Need.SANDBOX)
class BackupFilesStoriesTest extends BackedUpSandbox {
    @Test
    @Order(1)
    void a_backup_is_verified_by_coreutils_and_tar_and_by_dolmen_with_no_stack_in_reach() {
        String backup = dolmen.newestBackup().toString();
        Shell.run("sh", "-c", "cd " + backup + " && sha256sum -c --strict SHA256SUMS");
        assertThat(Shell.run("tar", "tf", backup + "/druid_shared.tar")).contains("opt/shared/segments/wiki/");
        Result verified = new DolmenCommand(home.resolve("elsewhere"))
                .with("dolmen.docker.host", "unix:///nowhere.sock")
                .run("verify", "--from", backup);
        assertThat(verified.status()).as(verified.output()).isZero();
    }

    @Test
    @Order(2)
    void the_files_can_be_restored_by_hand_with_the_script_s_commands() {
        String backup = dolmen.newestBackup().toString();
        Shell.run("docker", "exec", "postgres", "createdb", "-U", "druid", "by_hand");
        Shell.run(
                "sh",
                "-c",
                "docker exec -i postgres psql -q -v ON_ERROR_STOP=1 -U druid -d by_hand < " + backup
                        + "/druid_metadata_dump.sql");
        assertThat(Shell.run(
                                "docker",
                                "exec",
                                "postgres",
                                "psql",
                                "-XAtq",
                                "-U",
                                "druid",
                                "-d",
                                "by_hand",
                                "-c",
                                "SELECT count(*) FROM druid_segments WHERE used")
                        .strip())
                .isEqualTo("26");
        Shell.run("docker", "exec", "postgres", "dropdb", "-U", "druid", "by_hand");
        Shell.run(
                "docker",
                "run",
                "--rm",
                "--network",
                "none",
                "-u",
                "0",
                "--volumes-from",
                "historical",
                "-v",
                backup + ":/backup:ro",
                "--entrypoint",
                "sh",
                ContainerSandbox.DRUID_IMAGE,
                "-c",
                "mkdir /by-hand && tar xf /backup/druid_shared.tar -C /by-hand"
                        + " && diff -r /by-hand/opt/shared/segments /opt/shared/segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "api"})
    @Order(3)
    void every_road_leads_to_the_same_archive(String transport) {
        DolmenCommand other =
                new DolmenCommand(home.resolve("by-" + transport)).with("dolmen.segments.transport", transport);
        Result backup = other.run("backup");
        assertThat(backup.status()).as(backup.output()).isZero();
        assertThat(backup.output()).contains("all held, read by " + transport);
        assertThat(members(other.newestBackup())).isEqualTo(members(dolmen.newestBackup()));
    }

    private static String members(Path backup) {
        return Shell.run(
                "sh", "-c", "tar tvf " + backup + "/druid_shared.tar --numeric-owner | grep segments/ | sort -k6");
    }

    @Test
    @Tag("SG-16")
    @Tag("VF-10")
    @Order(4)
    void nothing_is_restored_from_a_damaged_backup_and_nothing_changes() throws Exception {
        String before = fingerprint();
        for (Map.Entry<String, Damage> damage : Damage.all().entrySet()) {
            Path copy = home.resolve(damage.getKey());
            Shell.run("cp", "-a", dolmen.newestBackup().toString(), copy.toString());
            damage.getValue().to(copy);
            Result verified = dolmen.run("verify", "--from", copy.toString());
            assertThat(verified.status())
                    .as(damage.getKey() + verified.output())
                    .isEqualTo(1);
            Result refused = dolmen.run("restore", "--from", copy.toString());
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.output())
                    .as(damage.getKey())
                    .containsPattern("failed step: (check-files|read-dump|read-archive)");
            // Without the manifest's sums the files themselves must tell.
            Files.delete(copy.resolve("manifest.json"));
            if (!damage.getKey().equals("one-byte-flipped-in-a-segment")) {
                assertThat(dolmen.run("restore", "--from", copy.toString()).status())
                        .as(damage.getKey())
                        .isNotZero();
            }
        }
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("SG-03")
    @Order(5)
    void a_pair_with_a_segment_killed_in_between_is_refused_and_nothing_changes() {
        String before = fingerprint();
        String pair = Path.of("src/test/resources/backups/killed-between").toString();
        Result refused = dolmen.run("restore", "--from", pair);
        assertThat(refused.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(refused.output()).contains("clicks_2024-03-01");
        assertThat(dolmen.run("verify", "--from", pair).status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(fingerprint()).isEqualTo(before);
    }
}
