package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.storage.S3Server;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week in short: full and incremental backups of a stack that changes, pruned, and each restored by its own label. */
@Needs(Need.SANDBOX)
class KeepStoriesTest {
    @TempDir
    static Path home;

    private final Map<String, String> taken = new TreeMap<>();
    private final DolmenCommand dolmen =
            new DolmenCommand(home).with("dolmen.stack.services", "historical,coordinator");

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
    }

    @AfterAll
    static void as_it_was_loaded() {
        ContainerSandbox.dropSafetyCopies();
        sandbox("reset");
        assertThat(ContainerSandbox.shared().counts())
                .isEqualTo(ContainerSandbox.shared().loaded());
    }

    @Test
    void every_kept_label_restores_what_was_there_when_it_was_taken() throws Exception {
        String full = backup("--incremental");
        assertThat(dolmen.run("show", full).output())
                .contains("full, verified")
                .contains("took a full backup: there is no good backup yet");
        sandbox("more");
        String more = backup("--incremental");
        assertThat(packed(more)).isNotEmpty().allMatch(name -> name.startsWith("opt/shared/segments/wiki/2024-03-05"));
        sandbox("compact");
        String compacted = backup("--incremental");
        assertThat(packed(compacted))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("opt/shared/segments/clicks/2024-03-01"));
        String unchanged = backup("--incremental");
        assertThat(packed(unchanged)).isEmpty();
        assertThat(taken.get(unchanged)).isEqualTo(taken.get(compacted)).isNotEqualTo(taken.get(more));

        export(compacted);
        prune(full);
        for (String label : new String[] {more, unchanged}) {
            assertThat(dolmen.run("verify", label).status()).as(label).isZero();
            restore(dolmen, label);
        }
        restoreFromTheBucketAlone(more);
    }

    private void restoreFromTheBucketAlone(String label) throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            DolmenCommand here = server.in(dolmen);
            assertThat(here.run("upload", label).status()).isZero();
            assertThat(here.run("list", "--remote").output()).contains(label);
            assertThat(here.run("verify", "--remote", label).status()).isZero();
            DolmenCommand elsewhere = new DolmenCommand(home.resolve("elsewhere"))
                    .with("dolmen.stack.services", "historical,coordinator");
            restore(server.in(elsewhere), label);
        }
    }

    private void export(String label) throws Exception {
        Path folder = home.resolve("exported");
        assertThat(dolmen.run("export", label, folder.toString()).status()).isZero();
        assertThat(dolmen.run("verify", "--from", folder.toString()).status()).isZero();
        Shell.run("sh", "-c", "cd " + folder + " && sha256sum -c --quiet SHA256SUMS");
        assertThat(Shell.run("tar", "-tf", folder.resolve("druid_shared.tar").toString()))
                .contains("segments/wiki/2024-03-05", "segments/wiki/2024-03-01", "segments/clicks/2024-03-01");
        assertThat(dolmen.run("export", label, folder.toString()).status()).isEqualTo(12);
    }

    private void prune(String full) throws Exception {
        DolmenCommand keeping = dolmen.with("dolmen.retention.keep-last", "3");
        assertThat(keeping.run("plan", "prune").output()).contains("remove " + full + ", but for its archive");
        assertThat(Files.exists(home.resolve("backup/" + full + "/manifest.json")))
                .isTrue();
        Result pruned = keeping.run("prune");
        assertThat(pruned.status()).as(pruned.output()).isZero();
        assertThat(dolmen.run("list").output()).doesNotContain(full);
        assertThat(Shell.run("ls", home.resolve("backup/" + full).toString()))
                .isEqualTo("druid_shared.tar\npruned.json\n");
    }

    private void restore(DolmenCommand by, String label) {
        Result restored = by.run("restore", label, "--yes", "--skip-metabase");
        assertThat(restored.status()).as(restored.output()).isZero();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> ContainerSandbox.shared().counts().equals(taken.get(label)));
    }

    private String backup(String kind) {
        Result made = dolmen.run("backup", kind);
        assertThat(made.status()).as(made.output()).isZero();
        String label = dolmen.newestBackup().getFileName().toString();
        taken.put(label, ContainerSandbox.shared().counts());
        return label;
    }

    private List<String> packed(String label) {
        return Shell.run(
                        "tar",
                        "-tf",
                        home.resolve("backup/" + label + "/druid_shared.tar").toString())
                .lines()
                .filter(name -> !name.endsWith("/"))
                .toList();
    }
}
