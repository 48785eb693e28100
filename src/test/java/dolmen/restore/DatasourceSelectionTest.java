package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.MemberIndex;
import dolmen.archive.TarExtractor;
import dolmen.archive.TarSource;
import dolmen.archive.TarTarget;
import dolmen.archive.TarWriter;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.catalog.AnyStack;
import dolmen.catalog.BackupFetch;
import dolmen.catalog.BackupFolders;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.Manifests;
import dolmen.catalog.RemoteCatalog;
import dolmen.catalog.WantedBackup;
import dolmen.deepstorage.local.Fixture;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.StorageSettings;
import dolmen.storage.CutAfter;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup of a real Druid in a real server of S3's protocol, with much beside its segments. */
class DatasourceSelectionTest {
    private static final Label LABEL = new Label("20261124-020000");
    private static final Path SCRIPT =
            Path.of("src/test/resources/backups/script-backup").toAbsolutePath();
    private static final long BULK = 8 << 20;

    @TempDir
    Path folder;

    private S3Server server;
    private CutAfter line;
    private S3Store store;
    private RemoteCatalog remote;
    private Catalog catalog;

    @BeforeEach
    void a_backup_in_a_bucket() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        line = new CutAfter(server.endpoint(), Long.MAX_VALUE);
        store = S3Store.of(S3Server.settings(line.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0));
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        remote = new RemoteCatalog(store, settings, () -> Meter.NONE, new BucketRecords(folder, settings));
        catalog = new Catalog(folder.resolve("catalog"));
        publish();
        remote.upload(catalog.find(LABEL), catalog.folder());
    }

    @AfterEach
    void ends() throws Exception {
        store.close();
        line.close();
        server.close();
    }

    @Test
    void of_a_backup_in_the_bucket_only_the_ranges_of_the_datasource_are_fetched() throws Exception {
        DatasourceSelection selection = selection(new Catalog(folder.resolve("empty")));
        long before = line.answered();

        RestoreRun restore = selection.select(run("wiki"));
        long fetched = selection.fetch(restore);

        long archive = Files.size(catalog.folder().resolve(LABEL.text()).resolve(Artifact.SEGMENT_ARCHIVE));
        assertThat(archive).isGreaterThan(BULK);
        assertThat(fetched).isBetween(restore.source().bytes(), BULK / 8);
        assertThat(line.answered() - before).isLessThan(BULK / 4);
        Path out = folder.resolve("out");
        TarExtractor.extract(
                selection.files(restore).tar(restore.source()), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r out/segments/wiki opt/shared/segments/wiki && ls out/segments"))
                .isEqualTo("wiki\n");
        selection.tidy(restore.run());
        assertThat(Tool.ok(folder, "find scratch -type f")).isEmpty();
    }

    @Test
    void of_a_backup_in_the_catalog_nothing_is_fetched() throws Exception {
        DatasourceSelection selection = selection(catalog);
        long before = line.answered();

        RestoreRun restore = selection.select(run("wiki"));

        assertThat(selection.fetch(restore)).isZero();
        assertThat(line.answered()).isEqualTo(before);
        Path out = folder.resolve("out");
        TarExtractor.extract(
                selection.files(restore).tar(restore.source()), out, new Unpacking("opt/shared", Long.MAX_VALUE));
        assertThat(Tool.ok(folder, "diff -r out/segments/wiki opt/shared/segments/wiki"))
                .isEmpty();
    }

    @Test
    void a_range_that_is_not_what_the_index_says_is_found_before_anything_is_written() throws Exception {
        Path object = folder.resolve("s3/backups/stack/" + LABEL + "/druid_shared.tar");
        long[] offset = new long[1];
        MemberIndex.read(catalog.folder().resolve(LABEL.text()).resolve(Artifact.SEGMENT_INDEX), member -> {
            offset[0] = member.path().contains("/wiki/") ? member.offset() : offset[0];
        });
        Tool.ok(folder, "printf '\\377' | dd of=" + object + " bs=1 seek=" + offset[0] + " conv=notrunc");
        DatasourceSelection selection = selection(new Catalog(folder.resolve("empty")));
        RestoreRun restore = selection.select(run("wiki"));
        selection.fetch(restore);

        Path out = folder.resolve("out");
        assertThatThrownBy(() -> TarExtractor.extract(
                        selection.files(restore).tar(restore.source()), out, new Unpacking("opt/shared", 1 << 30)))
                .isInstanceOf(Damaged.class);
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void a_datasource_that_the_backup_does_not_have_is_told_with_the_nearest_one() {
        assertThatThrownBy(() -> selection(catalog).select(run("wikki")))
                .isInstanceOfSatisfying(
                        NothingToRestore.class,
                        failure -> assertThat(failure.hint()).contains("Is 'wiki' meant?"));
    }

    @Test
    void a_dump_that_changed_and_a_script_s_folder_are_refused() throws Exception {
        RunRequest bare = Restoring.in(SCRIPT).only("wiki").request();
        assertThatThrownBy(() -> selection(catalog).select(Run.begin(bare, Instant.EPOCH)))
                .isInstanceOf(Refused.class);
        Path dump = catalog.folder().resolve(LABEL.text()).resolve(Artifact.METADATA_DUMP);
        Tool.ok(folder, "printf x >> " + dump);
        assertThatThrownBy(() -> selection(catalog).select(run("wiki"))).isInstanceOf(Damaged.class);
    }

    private DatasourceSelection selection(Catalog here) {
        Path scratch = folder.resolve("scratch");
        WantedBackup wanted = new WantedBackup(remote, here, AnyStack.OWN, false, scratch);
        return new DatasourceSelection(
                new BackupFolders(here, AnyStack.OWN),
                Optional.of(new BackupFetch(remote, here, wanted::of)),
                Fixture.PATHS,
                scratch,
                new PostgresDumps());
    }

    private static Run run(String datasource) {
        return Run.begin(request(datasource), Instant.parse("2026-11-24T03:00:00Z"));
    }

    private static RunRequest request(String datasource) {
        return Restoring.newest().only(datasource).request();
    }

    private void publish() throws Exception {
        Tool.ok(folder, "tar -xpf " + SCRIPT.resolve(Artifact.SEGMENT_ARCHIVE));
        Tool.ok(folder, "head -c " + BULK + " /dev/urandom > opt/shared/segments/bulk");
        Path staging = catalog.stage(LABEL.start());
        Path dump = Files.copy(SCRIPT.resolve(Artifact.METADATA_DUMP), staging.resolve(Artifact.METADATA_DUMP));
        Artifact tar;
        Artifact index;
        try (MemberIndex.Writer writer = MemberIndex.create(staging.resolve(Artifact.SEGMENT_INDEX))) {
            tar = TarWriter.write(
                            TarSource.of(folder.resolve("opt/shared"), "opt/shared"),
                            Optional.empty(),
                            TarTarget.of(staging.resolve(Artifact.SEGMENT_ARCHIVE)),
                            LABEL,
                            writer)
                    .tar();
            index = writer.finish();
        }
        List<Artifact> artifacts = List.of(Digests.artifact(dump), tar, index);
        Manifests.publish(
                catalog, staging, LABEL, Kind.FULL, artifacts, new TreeMap<>(Map.of(LABEL, new ArchiveUse(tar, 1, 1))));
    }
}
