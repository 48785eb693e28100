package dolmen.restore;

import dolmen.archive.Digests;
import dolmen.archive.MemberIndex;
import dolmen.archive.TarSource;
import dolmen.archive.TarTarget;
import dolmen.archive.TarWriter;
import dolmen.archive.Tool;
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
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
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
import org.junit.jupiter.api.io.TempDir;

/** A backup in a bucket and the catalog, of which single datasources are selected. */
abstract class BackupInBucket {
    static final Label LABEL = new Label("20261124-020000");
    static final Path SCRIPT =
            Path.of("src/test/resources/backups/script-backup").toAbsolutePath();
    static final long BULK = 8 << 20;

    @TempDir
    Path folder;

    S3Server server;
    CutAfter line;
    S3Store store;
    RemoteCatalog remote;
    Catalog catalog;

    @BeforeEach
    void a_backup_in_a_bucket() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        line = new CutAfter(server.endpoint(), Long.MAX_VALUE);
        store = S3Store.of(S3Server.settings(line.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0));
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        remote = new RemoteCatalog(store, settings, new BucketRecords(folder, settings));
        catalog = new Catalog(folder.resolve("catalog"));
        publish();
        remote.upload(catalog.find(LABEL), catalog.folder(), Meter.NONE);
    }

    @AfterEach
    void ends() throws Exception {
        store.close();
        line.close();
        server.close();
    }

    SelectedFiles selected() {
        return new SelectedFiles(folder.resolve("scratch"));
    }

    DatasourceSelection selection(Catalog here) {
        Path scratch = folder.resolve("scratch");
        WantedBackup wanted = new WantedBackup(remote, here, AnyStack.OWN, false, scratch);
        return new DatasourceSelection(
                new BackupFolders(here, AnyStack.OWN),
                Optional.of(new BackupFetch(remote, here, wanted::of)),
                Fixture.PATHS,
                selected(),
                new PostgresDumps());
    }

    static Run run(String datasource) {
        return Run.begin(request(datasource), Instant.parse("2026-11-24T03:00:00Z"));
    }

    static RunRequest request(String datasource) {
        return Restoring.newest().only(datasource).request();
    }

    void publish() throws Exception {
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
