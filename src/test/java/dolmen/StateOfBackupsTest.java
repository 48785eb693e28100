package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.archive.Sums;
import dolmen.catalog.Catalog;
import dolmen.catalog.Manifests;
import dolmen.catalog.Verdicts;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupState;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Verdict;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about backups of a catalog, by the commands that a person types. */
class StateOfBackupsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup");
    private static final Label OLDER = new Label("20261123-020000");
    private static final Label NEWER = new Label("20261124-020000");

    @TempDir
    Path home;

    private DolmenCommand dolmen;
    private Catalog catalog;

    @BeforeEach
    void two_backups() throws Exception {
        dolmen = new DolmenCommand(home);
        catalog = new Catalog(home.resolve("backup"));
        publish(OLDER);
        publish(NEWER);
    }

    @Test
    void damage_that_verify_finds_is_kept_and_makes_the_backup_nobodys_default() throws Exception {
        assertThat(dolmen.run("verify").output()).contains("backup " + NEWER + ": whole");
        Path archive = home(NEWER).resolve(Artifact.SEGMENT_ARCHIVE);
        byte[] content = Files.readAllBytes(archive);
        content[content.length / 2] ^= 1;
        Files.write(archive, content);

        assertThat(dolmen.run("verify").status()).isEqualTo(1);

        assertThat(catalog.find(NEWER).state().isDamaged()).isTrue();
        assertThat(catalog.find(NEWER).state().words()).contains("druid_shared.tar");
        assertThat(dolmen.run("list").output())
                .containsPattern(NEWER + " .* damaged")
                .containsPattern(OLDER + " .* verified");
        assertThat(dolmen.run("show", NEWER.text()).output()).contains("damaged: ");
        Result older = dolmen.run("verify");
        assertThat(older.output()).contains("backup " + OLDER + ": whole");
        assertThat(older.status()).isZero();
        assertThat(dolmen.run("accept", NEWER.text()).status()).isEqualTo(12);
    }

    @Test
    void a_file_that_is_gone_is_damage_and_one_that_cannot_be_read_now_is_none() throws Exception {
        Path archive = home(NEWER).resolve(Artifact.SEGMENT_ARCHIVE);
        Path aside = home.resolve("aside");
        Files.move(archive, aside);
        Files.createSymbolicLink(archive, archive);
        Result loop = dolmen.run("verify", NEWER.text());
        assertThat(loop.status()).isEqualTo(1);
        assertThat(loop.output()).contains("cannot read");
        assertThat(catalog.find(NEWER).state()).isEqualTo(BackupState.VERIFIED);

        Files.delete(archive);
        assertThat(dolmen.run("verify", NEWER.text()).status()).isEqualTo(1);
        assertThat(dolmen.run("verify", NEWER.text()).status()).isEqualTo(1);

        assertThat(catalog.find(NEWER).verdicts()).hasSize(1);
        assertThat(catalog.find(NEWER).state().words()).startsWith("damaged: ").contains("has no druid_shared.tar");
        Files.move(aside, archive);
        assertThat(dolmen.run("verify", NEWER.text()).status()).isZero();
        assertThat(catalog.find(NEWER).state().isDamaged()).isTrue();
    }

    @Test
    void a_person_accepts_the_reasons_by_name() {
        Verdicts.add(
                home(NEWER),
                Verdict.of(Instant.now(), "here", Verdict.Kind.SUSPICIOUS, List.of("one row is gone", "so is a rule")));
        assertThat(dolmen.run("list").output()).containsPattern(NEWER + " .* suspicious");
        assertThat(dolmen.run("verify").output()).contains("backup " + OLDER + ": whole");

        Result listed = dolmen.run("accept", NEWER.text());
        assertThat(listed.output()).contains("suspicious", "one row is gone\n", "so is a rule\n");
        assertThat(listed.status()).isZero();
        Result unknown = dolmen.run("accept", NEWER.text(), "one row");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output()).contains("'one row' is no open reason of backup " + NEWER);
        assertThat(catalog.find(NEWER).verdicts()).hasSize(1);

        assertThat(dolmen.run("accept", NEWER.text(), "one row is gone", "so is a rule")
                        .output())
                .contains("accepted: one row is gone");

        assertThat(catalog.find(NEWER).state()).isEqualTo(BackupState.VERIFIED);
        assertThat(dolmen.run("verify").output()).contains("backup " + NEWER + ": whole");
        assertThat(dolmen.run("accept", NEWER.text()).output()).contains("there is nothing to accept");
        assertThat(dolmen.run("accept", "20200101-020000").status()).isEqualTo(10);
    }

    private Path home(Label label) {
        return catalog.folder().resolve(label.text());
    }

    private void publish(Label label) throws Exception {
        Path staging = catalog.stage(label.start());
        for (String name : List.of(Artifact.METADATA_DUMP, Artifact.SEGMENT_ARCHIVE)) {
            Files.copy(SCRIPT.resolve(name), staging.resolve(name));
        }
        List<Artifact> artifacts = List.of(
                Digests.artifact(staging.resolve(Artifact.METADATA_DUMP)),
                Digests.artifact(staging.resolve(Artifact.SEGMENT_ARCHIVE)));
        Map<String, Checksum> sums = new TreeMap<>();
        artifacts.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        Manifest manifest = Manifests.of(
                label.text(),
                Manifest.VERIFIED,
                artifacts,
                new PostgresDumps()
                        .read(staging.resolve(Artifact.METADATA_DUMP), segment -> {})
                        .rows());
        sums.put(Artifact.MANIFEST, catalog.write(staging, manifest).sha256());
        Sums.write(staging, sums);
        catalog.publish(staging);
    }
}
